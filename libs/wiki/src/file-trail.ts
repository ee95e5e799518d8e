import { type Access, reaches } from '@lib/acl';
import type { DataSource } from 'typeorm';
import { commitColumns, type CommitRow } from './change-info.js';

/** A commit that touched a file, and what the file was called in it. */
export interface FileTrailRow extends CommitRow {
  seq: number;
  path: string;
  kind: 'add' | 'change' | 'remove' | 'rename';
  /** Null where it was deleted. */
  blob: string | null;
}

interface Row extends CommitRow {
  seq: string;
  path: string;
  kind: FileTrailRow['kind'];
  from_path: string | null;
  new_blob: string | null;
}

const statement = `
  SELECT p.seq, p.path, p.kind, p.from_path, p.new_blob, ${commitColumns} FROM commit_paths p
  JOIN commits c ON c.wiki = p.wiki AND c.seq = p.seq
  WHERE p.wiki = $1 AND p.path = $2 AND ($3::bigint IS NULL OR p.seq < $3) ORDER BY p.seq DESC LIMIT $4`;

/** What happened to a file, newest first, back through its names as far as the access reaches them. */
export async function fileTrail(
  database: DataSource,
  access: Access,
  start: { path: string; before: number | null },
  limit: number,
): Promise<FileTrailRow[]> {
  const found: FileTrailRow[] = [];
  let place: { path: string; before: number | null } | null = start;
  while (place !== null && reaches(access, place.path) && found.length < limit) {
    const values = [access.wiki.id, place.path, place.before, limit - found.length];
    const rows: Row[] = await database.query(statement, values);
    const named = rows.findIndex(({ kind }) => kind === 'rename');
    const own = named === -1 ? rows : rows.slice(0, named + 1);
    found.push(...own.map(({ from_path: _, new_blob: blob, seq, ...row }) => ({ ...row, blob, seq: Number(seq) })));
    const { from_path: from = null, seq } = rows[named] ?? {};
    place = from === null ? null : { path: from, before: Number(seq) };
  }
  return found;
}
