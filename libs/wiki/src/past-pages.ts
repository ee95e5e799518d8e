import type { Access } from '@lib/acl';
import type { KeywordNarrowing, PastPages as PastPagesPort, ReachedPage } from '@lib/search';
import type { DataSource } from 'typeorm';
import type { OnPast } from './keyword-past.js';
import { Parameters, withinReach } from './keyword-reach.js';
import type { Wanted } from './keyword-source.js';
import { narrowingOf, type PeopleByName } from './narrowing.js';

interface Given {
  database: DataSource;
  people: PeopleByName;
}

/** The pages of a wiki as they were at a commit, for search by meaning. */
export class PastPages implements PastPagesPort {
  constructor(
    private readonly given: Given,
    private readonly onPast: OnPast,
  ) {}

  async versions(access: Access<'search.use'>, among: KeywordNarrowing): Promise<ReadonlyMap<string, string>> {
    const narrowing = await narrowingOf(among, this.given.people);
    const rows = await this.select<{ path: string; blob: string }>(access, new Parameters(), {
      columns: 'k.path, k.blob',
      condition: 'true',
      narrowing,
    });
    return new Map(rows.map(({ path, blob }) => [path, blob]));
  }

  async reached(access: Access<'search.use'>, paths: readonly string[]): Promise<ReachedPage[]> {
    if (paths.length === 0) return [];
    const parameters = new Parameters();
    const condition = `k.path = ANY(${parameters.add(paths)}::text[])`;
    return this.select(access, parameters, { columns: 'k.path, k.blob, k.name, k.revision', condition });
  }

  private select<Row>(access: Access, given: Parameters, { condition, ...wanted }: Wanted): Promise<Row[]> {
    return this.onPast(access, (source) => {
      const parameters = new Parameters(given.values);
      const within = `${withinReach(access, 'k', parameters)} AND ${condition}`;
      const sql = source.select('pages', { ...wanted, condition: within }, parameters);
      return this.given.database.query<Row[]>(sql, parameters.values);
    });
  }
}
