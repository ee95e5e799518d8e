import type { WikiId } from '@lib/acl';
import type { DataSource } from 'typeorm';
import type { Catalogue } from './catalogue.js';

/** Who links to pages. */
export class Backlinks {
  constructor(private readonly given: { database: DataSource; catalogue: Catalogue }) {}

  /** The pages that link to one of these, themselves included when they do; in the order of their paths. */
  async linkers(wiki: WikiId, paths: readonly string[]): Promise<string[]> {
    await this.given.catalogue.fresh(wiki);
    const rows = await this.given.database.query<{ path: string }[]>(
      `SELECT DISTINCT path FROM page_links WHERE wiki = $1 AND page = ANY($2::text[]) AND state = 'page' ORDER BY path`,
      [wiki, paths],
    );
    return rows.map((row) => row.path);
  }
}
