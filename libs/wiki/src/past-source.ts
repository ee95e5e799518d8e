import type { Access, WikiId } from '@lib/acl';
import type { Oid } from '@lib/git';
import { type Parameters, withinReach } from './keyword-reach.js';
import { countedTotals, hasLetters, type KeywordSource, type Letters, present, type Wanted } from './keyword-source.js';
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
  readonly there: readonly (PageThen & Version)[];
  private readonly paths: readonly string[];

  constructor(
    private readonly wiki: WikiId,
    /** The commit up to which the catalogue had read when the pages were compared. */
    readonly position: Oid,
    /** The pages that were otherwise. */
    readonly pages: readonly PageThen[],
  ) {
    this.paths = pages.map(({ path }) => path);
    this.there = pages.flatMap((page) => (page.blob === null ? [] : [{ ...page, blob: page.blob }]));
  }

  select(table: 'keyword_pages' | 'pages', { columns, condition, narrowing = {} }: Wanted, parameters: Parameters) {
    return `${present.select(table, { columns, condition, narrowing }, parameters)}
        AND NOT EXISTS (SELECT 1 FROM ${this.otherwise(parameters)} WHERE t.path = k.path)
      UNION ALL SELECT ${columns} FROM (
        SELECT page.* FROM (
          SELECT v.*, t.revision, t.updated_at, t.actor FROM ${this.versions(parameters)}
        ) page WHERE ${amongVersions(narrowing, parameters)}
      ) k WHERE ${condition}`;
  }

  totals(access: Access, parameters: Parameters): string {
    if (access.paths !== null) return countedTotals(this, access, parameters);
    const sums = 'count(*)::int AS pages, coalesce(sum(words), 0)::float8 AS words';
    return `SELECT now.pages - gone.pages + past.pages AS pages, now.words - gone.words + past.words AS words
      FROM (${present.totals(access, parameters)}) now,
        (SELECT ${sums} FROM keyword_pages k JOIN ${this.otherwise(parameters)} ON t.path = k.path
          WHERE ${withinReach(access, 'k', parameters)}) gone,
        (SELECT ${sums} FROM ${this.versions(parameters)}) past`;
  }

  words(access: Access, letters: Letters, parameters: Parameters): string {
    // Each word is compared once, and not for each page that has it: OFFSET keeps the planner from that.
    return `${present.words(access, letters, parameters)}
      UNION ALL (SELECT word, count(*)::int AS pages, keyword_spelling(word) AS spelling FROM (
        SELECT unnest(tsvector_to_array(v.tsv)) COLLATE "C" AS word FROM ${this.versions(parameters)}
      ) words WHERE ${hasLetters(letters, parameters)} GROUP BY word OFFSET 0)`;
  }

  // Arrays rather than JSON: of these the planner knows how long they are, and does not go through them for each page.
  private otherwise(parameters: Parameters): string {
    return `unnest(${parameters.add(this.paths)}::text[]) AS t (path)`;
  }

  private versions(parameters: Parameters): string {
    const columns = [
      `${parameters.add(this.there.map(({ path }) => path))}::text[]`,
      `${parameters.add(this.there.map(({ blob }) => blob))}::text[]`,
      `${parameters.add(this.there.map(({ revision }) => revision))}::text[]`,
      `${parameters.add(this.there.map(({ updated_at: at }) => at))}::timestamptz[]`,
      `${parameters.add(this.there.map(({ actor }) => actor))}::uuid[]`,
    ];
    return `unnest(${columns.join(', ')}) AS t (path, blob, revision, updated_at, actor)
      JOIN keyword_versions v ON v.wiki = ${parameters.add(this.wiki)}::uuid AND v.path = t.path AND v.blob = t.blob`;
  }
}
