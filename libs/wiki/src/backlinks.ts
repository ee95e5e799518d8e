import type { WikiId } from '@lib/acl';
import type { DataSource } from 'typeorm';
import type { Catalogue } from './catalogue.js';

/** Who links to a page. */
export class Backlinks {
  constructor(private readonly given: { database: DataSource; catalogue: Catalogue }) {}

  /** The pages that link to a page, itself included when it does; in the order of their paths. */
  async linkers(wiki: WikiId, path: string): Promise<string[]> {
    await this.given.catalogue.fresh(wiki);
    const rows = await this.given.database.query<{ path: string }[]>(
      `SELECT DISTINCT path FROM page_links WHERE wiki = $1 AND page = $2 AND state = 'page' ORDER BY path`,
      [wiki, path],
    );
    return rows.map((row) => row.path);
  }
}
