import type { Access, WikiId } from '@lib/acl';
import type { Oid } from '@lib/git';
import { type Parameters, withinReach } from './keyword-reach.js';
import { countedTotals, type KeywordSource, type Letters, present, type Wanted } from './keyword-source.js';
import type { Version } from './keyword-versions.js';
import type { PageThen } from './pages-then.js';
import { VersionsSource } from './versions-source.js';

/**
 * The rows of a wiki as it was at a commit: those of the present where a page is what it was, and versions, read before,
 * of all others.
 */
export class PastSource implements KeywordSource {
  readonly hasCounts = false;
  /** Those of the pages that were there. */
  readonly there: readonly (PageThen & Version)[];
  private readonly paths: readonly string[];
  private readonly versions: VersionsSource;

  constructor(
    wiki: WikiId,
    /** The commit up to which the catalogue had read when the pages were compared. */
    readonly position: Oid,
    /** The pages that were otherwise. */
    readonly pages: readonly PageThen[],
  ) {
    this.paths = pages.map(({ path }) => path);
    this.there = pages.flatMap((page) => (page.blob === null ? [] : [{ ...page, blob: page.blob }]));
    this.versions = new VersionsSource(wiki, this.there);
  }

  select(table: 'keyword_pages' | 'pages', wanted: Wanted, parameters: Parameters) {
    return `${present.select(table, wanted, parameters)}
        AND NOT EXISTS (SELECT 1 FROM ${this.otherwise(parameters)} WHERE t.path = k.path)
      UNION ALL ${this.versions.select(table, wanted, parameters)}`;
  }

  totals(access: Access, parameters: Parameters): string {
    if (access.paths !== null) return countedTotals(this, access, parameters);
    const sums = 'count(*)::int AS pages, coalesce(sum(words), 0)::float8 AS words';
    return `SELECT now.pages - gone.pages + past.pages AS pages, now.words - gone.words + past.words AS words
      FROM (${present.totals(access, parameters)}) now,
        (SELECT ${sums} FROM keyword_pages k JOIN ${this.otherwise(parameters)} ON t.path = k.path
          WHERE ${withinReach(access, 'k', parameters)}) gone,
        (SELECT ${sums} FROM ${this.versions.rows(parameters)}) past`;
  }

  words(access: Access, letters: Letters, parameters: Parameters): string {
    return `${present.words(access, letters, parameters)}
      UNION ALL (${this.versions.words(access, letters, parameters)})`;
  }

  private otherwise(parameters: Parameters): string {
    return `unnest(${parameters.add(this.paths)}::text[]) AS t (path)`;
  }
}
