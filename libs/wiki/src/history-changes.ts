import type { Access } from '@lib/acl';
import type { DataSource } from 'typeorm';
import { commitColumns, type CommitRow } from './change-info.js';
import { withinPaths } from './change-reach.js';
import { cursorOf, placeOf } from './cursors.js';
import { Parameters } from './keyword-reach.js';

/** Which part of what happened is asked for. */
export interface ChangesFilter {
  limit?: number | undefined;
  cursor?: string | undefined;
  /** A whole commit id: only what came after it. */
  since?: string | undefined;
}

interface Row extends CommitRow {
  seq: string;
  pages: string[];
  files: string[];
}

/** One part of the commits of a wiki, newest first, with the paths they touched that the access reaches. */
export async function listChanges(database: DataSource, access: Access, { limit = 50, cursor, since }: ChangesFilter) {
  const parameters = new Parameters();
  const wiki = parameters.add(access.wiki.id);
  const within = reachOf(access, parameters);
  const conditions = [`c.wiki = ${wiki}`];
  if (access.paths !== null) conditions.push(`EXISTS (SELECT 1 FROM commit_paths p WHERE ${ofCommit} AND ${within})`);
  if (since !== undefined) {
    conditions.push(`c.seq > (SELECT seq FROM commits s WHERE s.wiki = ${wiki} AND s.oid = ${parameters.add(since)})`);
  }
  if (cursor !== undefined) conditions.push(`c.seq < ${parameters.add(placeOf('changes', ['number'], cursor)[0])}`);
  const touched = (isPage: string, shown: string) =>
    `ARRAY(SELECT ${shown} FROM commit_paths p WHERE ${ofCommit} AND ${within} AND ${isPage} ORDER BY p.path LIMIT 1000)`;
  const rows = await database.query<Row[]>(
    `SELECT ${commitColumns}, c.seq,
       ${touched(`p.path LIKE '%.md'`, 'left(p.path, -3)')} AS pages,
       ${touched(`p.path NOT LIKE '%.md'`, 'p.path')} AS files
     FROM commits c WHERE ${conditions.join(' AND ')} ORDER BY c.seq DESC LIMIT ${parameters.add(limit + 1)}`,
    parameters.values,
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > limit && last ? cursorOf('changes', [Number(last.seq)]) : null };
}

const ofCommit = 'p.wiki = c.wiki AND p.seq = c.seq';

function reachOf(access: Access, parameters: Parameters): string {
  return access.paths === null ? 'true' : withinPaths(`${parameters.add(access.paths)}::text[]`);
}
