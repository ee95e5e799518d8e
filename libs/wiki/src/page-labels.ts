import type { Access } from '@lib/acl';
import type { DataSource } from 'typeorm';
import { Parameters, withinReach } from './keyword-reach.js';

interface Count {
  name: string;
  pages: number;
}

/** Categories of the wiki and those in use, with the number of their pages; case does not count. */
export async function countCategories(database: DataSource, access: Access, categories: readonly string[]) {
  const parameters = new Parameters();
  const rows = await database.query<(Count & { key: string })[]>(
    `SELECT lower(category) AS key, min(category) AS name, count(*)::int AS pages FROM pages p
     WHERE ${withinReach(access, 'p', parameters)} AND category IS NOT NULL GROUP BY key ORDER BY name`,
    parameters.values,
  );
  const counts = new Map(rows.map(({ key, pages }) => [key, pages]));
  const listed = categories.map((name) => ({ name, pages: counts.get(name.toLowerCase()) ?? 0, listed: true }));
  const known = new Set(categories.map((name) => name.toLowerCase()));
  const others = rows.filter(({ key }) => !known.has(key));
  return [...listed, ...others.map(({ name, pages }) => ({ name, pages, listed: false }))];
}

/** Tags in use, with the number of their pages; spellings that a filter does not tell apart count together. */
export async function countTags(database: DataSource, access: Access): Promise<Count[]> {
  const parameters = new Parameters();
  return database.query<Count[]>(
    `SELECT min(tag) AS name, count(DISTINCT path)::int AS pages FROM page_tags t
     WHERE ${withinReach(access, 't', parameters)} GROUP BY tag_key ORDER BY name`,
    parameters.values,
  );
}

/** Folders that have pages, with the number of those at any depth below. */
export async function countFolders(database: DataSource, access: Access): Promise<Count[]> {
  const parameters = new Parameters();
  const rows = await database.query<Count[]>(
    `SELECT regexp_replace(path, '/[^/]*$', '') AS name, count(*)::int AS pages FROM pages p
     WHERE ${withinReach(access, 'p', parameters)} AND position('/' in path) > 0 GROUP BY 1`,
    parameters.values,
  );
  const counts = new Map<string, number>();
  for (const { name, pages } of rows) {
    const segments = name.split('/');
    for (let depth = 1; depth <= segments.length; depth += 1) {
      const folder = segments.slice(0, depth).join('/');
      counts.set(folder, (counts.get(folder) ?? 0) + pages);
    }
  }
  return Array.from(counts, ([name, pages]) => ({ name, pages })).sort((a, b) => (a.name < b.name ? -1 : 1));
}
