import type { Access, WikiId } from '@lib/acl';
import type { Parameters } from './keyword-reach.js';
import { countedTotals, hasLetters, type KeywordSource, type Letters, type Wanted } from './keyword-source.js';
import type { Version } from './keyword-versions.js';
import { amongVersions } from './narrowing.js';
import type { PageThen } from './pages-then.js';

/** The rows of versions of pages, read before, and of nothing else. */
export class VersionsSource implements KeywordSource {
  readonly hasCounts = false;

  constructor(
    private readonly wiki: WikiId,
    private readonly there: readonly (PageThen & Version)[],
  ) {}

  /** The same of either table: a version has the columns of both. */
  select(_table: 'keyword_pages' | 'pages', { columns, condition, narrowing = {} }: Wanted, parameters: Parameters) {
    return `SELECT ${columns} FROM (
        SELECT page.* FROM (
          SELECT v.*, t.revision, t.updated_at, t.actor FROM ${this.rows(parameters)}
        ) page WHERE ${amongVersions(narrowing, parameters)}
      ) k WHERE ${condition}`;
  }

  totals(access: Access, parameters: Parameters): string {
    return countedTotals(this, access, parameters);
  }

  words(_access: Access, letters: Letters, parameters: Parameters): string {
    // Each word is compared once, and not for each page that has it: OFFSET keeps the planner from that.
    return `SELECT word, count(*)::int AS pages, keyword_spelling(word) AS spelling FROM (
        SELECT unnest(tsvector_to_array(v.tsv)) COLLATE "C" AS word FROM ${this.rows(parameters)}
      ) words WHERE ${hasLetters(letters, parameters)} GROUP BY word OFFSET 0`;
  }

  /** SQL of the versions `v`, and of what else is known `t` of each. */
  rows(parameters: Parameters): string {
    // Arrays rather than JSON: of these the planner knows how long they are, and does not go through them for each page.
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
