import type { Access } from '@lib/acl';
import type { DataSource } from 'typeorm';
import { commitColumns, type CommitRow } from './change-info.js';
import { cursorOf, placeOf } from './cursors.js';
import { Parameters, withinReach } from './keyword-reach.js';

/** Which files are asked for. */
export interface FileFilter {
  /** Only those directly in this folder, as those of a page are. */
  folder?: string | undefined;
  /** Only those with this in their path; case does not count. */
  name?: string | undefined;
  /** `loose`: only those that belong to no page. `deleted`: those that are there no more. */
  state?: 'all' | 'loose' | 'deleted' | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
}

/** A file as the catalogue has it; the blob is the last it had. */
export interface ListedFile extends CommitRow {
  path: string;
  blob: string;
  has_page: boolean;
}

// A file that is called otherwise now is not gone.
const deleted = `(
  SELECT DISTINCT ON (p.path) p.wiki, p.path, p.old_blob AS blob, p.seq FROM commit_paths p
  WHERE p.wiki = $1::uuid AND p.kind = 'remove' AND p.old_blob IS NOT NULL
    AND (p.path NOT LIKE '%_.md' OR p.path LIKE '%/.md')
    AND NOT EXISTS (SELECT 1 FROM files f WHERE f.wiki = p.wiki AND f.path = p.path)
    AND NOT EXISTS (SELECT 1 FROM commit_paths r WHERE r.wiki = p.wiki AND r.seq = p.seq AND r.from_path = p.path)
  ORDER BY p.path, p.seq DESC)`;

const hasPage = `(strpos(f.path, '/') > 0 AND EXISTS (
  SELECT 1 FROM pages g WHERE g.wiki = f.wiki AND g.path = regexp_replace(f.path, '/[^/]*$', '')))`;

/** One part of the files of a wiki by their paths, how many there are altogether, and where the next part begins. */
export async function listFiles(database: DataSource, access: Access, filter: FileFilter) {
  const { state = 'all', limit = 50, cursor } = filter;
  const from = `${state === 'deleted' ? deleted : 'files'} f`;
  const parameters = new Parameters([access.wiki.id]);
  const where = conditions(access, filter, parameters);
  const [counted] = await database.query<[{ count: string }]>(
    `SELECT count(*) FROM ${from} WHERE f.wiki = $1::uuid AND ${where}`,
    parameters.values,
  );
  const [after] = cursor === undefined ? [null] : placeOf('files', ['string'], cursor);
  const place = after === null ? 'true' : `f.path > ${parameters.add(after)}::text COLLATE "C"`;
  const rows = await database.query<ListedFile[]>(
    `SELECT f.path, f.blob, ${hasPage} AS has_page, ${commitColumns} FROM ${from}
     JOIN commits c ON c.wiki = f.wiki AND c.seq = f.seq
     WHERE f.wiki = $1::uuid AND ${where} AND ${place} ORDER BY f.path LIMIT ${parameters.add(limit + 1)}`,
    parameters.values,
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = rows.length > limit && last !== undefined ? cursorOf('files', [last.path]) : null;
  return { rows: shown, total: Number(counted.count), next };
}

function conditions(access: Access, { folder, name, state }: FileFilter, parameters: Parameters): string {
  const parts = [withinReach(access, 'f', parameters)];
  if (folder !== undefined) {
    const place = `${parameters.add(`${plain(folder)}/`)}::text`;
    parts.push(`starts_with(f.path, ${place}) AND strpos(substr(f.path, length(${place}) + 1), '/') = 0`);
  }
  if (name !== undefined) parts.push(`strpos(lower(f.path), lower(${parameters.add(plain(name))}::text)) > 0`);
  if (state === 'loose') parts.push(`NOT ${hasPage}`);
  return parts.join(' AND ');
}

/** No path has a NUL in it, and PostgreSQL takes none. */
const plain = (text: string): string => text.replace(/[\p{Cs}\0]/gu, '\uFFFD');
