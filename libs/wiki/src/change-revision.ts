import type { WikiId } from '@lib/acl';
import type { Objects, Oid, TreeItem } from '@lib/git';
import type { DataSource } from 'typeorm';
import { pageOfFile } from './page-path.js';
import { foldPath } from './path-folding.js';

interface Asked {
  wiki: WikiId;
  /** The file as the snapshot has it. */
  item: TreeItem;
  tip: Oid;
}

const farthest = 1_000;

/** What the catalogue knows of a wiki, for writers who believe it only where git agrees. */
export class Catalogued {
  constructor(private readonly database: DataSource) {}

  /** The last commit that touched a file, or another that holds it as it is now. */
  async revision({ wiki, item, tip }: Asked, objects: Objects): Promise<Oid> {
    return (await this.known(wiki, item)) ?? lastChange(objects, tip, item);
  }

  /** The commit up to which the catalogue has read; null when it has read none. */
  async position(wiki: WikiId): Promise<Oid | null> {
    const sql = 'SELECT commit_oid FROM catalogue_positions WHERE wiki = $1';
    const rows: { commit_oid: string | null }[] = await this.database.query(sql, [wiki]);
    return rows[0]?.commit_oid ?? null;
  }

  /** The pages with links that may mean one of these files. */
  async fileLinkers(wiki: WikiId, files: string[]): Promise<string[]> {
    const keys = files.map((file) => foldPath(file.slice(file.lastIndexOf('/') + 1)));
    const sql = `SELECT DISTINCT path FROM page_links WHERE wiki = $1 AND key = ANY($2) AND state = 'file'`;
    const rows: { path: string }[] = await this.database.query(sql, [wiki, keys]);
    return rows.map(({ path }) => path);
  }

  private async known(wiki: WikiId, { path, oid }: TreeItem): Promise<Oid | null> {
    const page = pageOfFile(path);
    if (page === null) return null;
    const sql = 'SELECT revision FROM pages WHERE wiki = $1 AND path = $2 AND blob = $3';
    const rows: { revision: string }[] = await this.database.query(sql, [wiki, page, oid]);
    return rows[0]?.revision ?? null;
  }
}

/** Walks back along the first parents until the file was another. */
async function lastChange(objects: Objects, tip: Oid, { path, oid }: TreeItem): Promise<Oid> {
  let here = tip;
  for (let steps = 0; steps < farthest; steps += 1) {
    const [parent] = (await objects.commit(here)).parents;
    if (parent === undefined || (await objects.entry(parent, path))?.oid !== oid) return here;
    here = parent;
  }
  return here;
}
