import { type Access, reaches } from '@lib/acl';
import type { DataSource } from 'typeorm';
import { Parameters, withinReach } from './keyword-reach.js';

/** What a link leads to, or would lead to if it existed; what is ambiguous leads nowhere. */
export const leading = `state IN ('page', 'missing')`;

/** Links of a page in both directions, as far as the access reaches. */
export async function linksOfPage(database: DataSource, access: Access, path: string) {
  const rows = await database.query<{ page: string }[]>(
    `SELECT DISTINCT page FROM page_links WHERE wiki = $1 AND path = $2 AND ${leading} ORDER BY page`,
    [access.wiki.id, path],
  );
  return { linksTo: reached(access, rows), linkedFrom: await linkersOfPage(database, access, path) };
}

/** The pages that link to a page, which need not exist. */
export async function linkersOfPage(database: DataSource, access: Access, path: string): Promise<string[]> {
  const parameters = new Parameters();
  const within = withinReach(access, 'l', parameters);
  const rows = await database.query<{ path: string }[]>(
    `SELECT DISTINCT path FROM page_links l
     WHERE ${within} AND page = ${parameters.add(path)} AND ${leading} ORDER BY path`,
    parameters.values,
  );
  return rows.map((row) => row.path);
}

/** All pages and the links between them; wanted pages are nodes too. */
export async function linkGraph(database: DataSource, access: Access) {
  const [forPages, forLinks] = [new Parameters(), new Parameters()];
  const pages = await database.query<{ path: string }[]>(
    `SELECT path FROM pages p WHERE ${withinReach(access, 'p', forPages)}`,
    forPages.values,
  );
  const links = await database.query<{ source: string; target: string }[]>(
    `SELECT DISTINCT path AS source, page AS target FROM page_links l
     WHERE ${withinReach(access, 'l', forLinks)} AND ${leading} ORDER BY source, target`,
    forLinks.values,
  );
  const edges = links.filter(({ target }) => reaches(access, target));
  const nodes = new Set([...pages.map(({ path }) => path), ...edges.map(({ target }) => target)]);
  return { nodes: [...nodes].sort(), edges };
}

const reached = (access: Access, rows: { page: string }[]): string[] =>
  rows.map(({ page }) => page).filter((page) => reaches(access, page));
