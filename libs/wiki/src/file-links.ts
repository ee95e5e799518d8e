import type { Access } from '@lib/acl';
import type { DataSource } from 'typeorm';
import { Parameters, withinReach } from './keyword-reach.js';
import { type LinkRow, LinkResolver } from './link-rows.js';
import { foldPath } from './path-folding.js';

/** Nobody reads more of them. */
const mostLinks = 10_000;

/** The pages that show files or link to them, by the path of the file, as far as the access reaches. */
export async function pagesUsing(
  database: DataSource,
  access: Access,
  files: readonly string[],
): Promise<Map<string, string[]>> {
  const wanted = new Map(files.map((file) => [file, new Set<string>()]));
  if (files.length === 0) return new Map();
  const parameters = new Parameters();
  const within = withinReach(access, 'l', parameters);
  const keys = files.map((file) => foldPath(file.slice(file.lastIndexOf('/') + 1)));
  const rows = await database.query<Pick<LinkRow, 'path' | 'target' | 'key' | 'full_key'>[]>(
    `SELECT path, target, key, full_key FROM page_links l
     WHERE ${within} AND key = ANY(${parameters.add(keys)}::text[]) AND state = 'file'
     ORDER BY path, position LIMIT ${mostLinks}`,
    parameters.values,
  );
  // Files of the same name lie in many folders: which of them a link means is worked out as it was when it was catalogued.
  const resolved = await new LinkResolver(database.manager, access.wiki.id).resolve(rows);
  resolved.forEach(({ file }, at) => wanted.get(file ?? '')?.add(rows[at]?.path ?? ''));
  return new Map(Array.from(wanted, ([file, pages]) => [file, [...pages]]));
}
