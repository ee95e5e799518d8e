import type { Access } from '@lib/acl';
import type { Oid } from '@lib/git';
import type { Parameters } from './keyword-reach.js';
import { countedTotals, type KeywordSource, present, type Wanted } from './keyword-source.js';
import { amongVersions } from './narrowing.js';
import type { PageThen } from './pages-then.js';
import type { Version } from './keyword-versions.js';

/**
 * The rows of a wiki as it was at a commit: those of the present where a page is what it was, and versions, read before,
 * of all others.
 */
export class PastSource implements KeywordSource {
  readonly hasCounts = false;
  /** Those of the pages that were there. */
  readonly versionsThere: readonly Version[];
  private readonly json: string;

  constructor(
    /** The commit up to which the catalogue had read when the pages were compared. */
    readonly position: Oid,
    /** The pages that were otherwise. */
    readonly pages: readonly PageThen[],
  ) {
    this.json = JSON.stringify(pages);
    this.versionsThere = pages.flatMap(({ path, blob }) => (blob === null ? [] : [{ path, blob }]));
  }

  select(table: 'keyword_pages' | 'pages', { columns, condition, narrowing = {} }: Wanted, parameters: Parameters) {
    const then = this.pagesIn(parameters);
    return `${present.select(table, { columns, condition, narrowing }, parameters)}
        AND NOT EXISTS (SELECT 1 FROM ${then} WHERE t.path = k.path)
      UNION ALL SELECT ${columns} FROM (
        SELECT page.* FROM (
          SELECT v.*, t.revision, t.updated_at, t.actor FROM ${this.versions(then)}
        ) page WHERE ${amongVersions(narrowing, parameters)}
      ) k WHERE ${condition}`;
  }

  totals(access: Access, parameters: Parameters): string {
    if (access.paths !== null) return countedTotals(this, access, parameters);
    const [now, then] = [present.totals(access, parameters), this.pagesIn(parameters)];
    const sums = 'count(*)::int AS pages, coalesce(sum(words), 0)::float8 AS words';
    return `SELECT now.pages - gone.pages + past.pages AS pages, now.words - gone.words + past.words AS words
      FROM (${now}) now,
        (SELECT ${sums} FROM keyword_pages k JOIN ${then} ON k.wiki = t.wiki AND k.path = t.path) gone,
        (SELECT ${sums} FROM ${this.versions(then)}) past`;
  }

  words(access: Access, parameters: Parameters): string {
    const versions = this.versions(this.pagesIn(parameters));
    return `${present.words(access, parameters)}
      UNION ALL SELECT word, count(*)::int, keyword_spelling(word) FROM (
        SELECT unnest(tsvector_to_array(v.tsv)) COLLATE "C" AS word FROM ${versions}
      ) words GROUP BY word`;
  }

  private versions(then: string): string {
    return `${then} JOIN keyword_versions v ON v.wiki = t.wiki AND v.path = t.path AND v.blob = t.blob`;
  }

  private pagesIn(parameters: Parameters): string {
    return `json_to_recordset(${parameters.add(this.json)}::json)
      AS t (wiki uuid, path text, blob text, revision text, updated_at timestamptz, actor uuid)`;
  }
}
