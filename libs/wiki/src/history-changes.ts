import type { Access } from '@lib/acl';
import { storable } from '@lib/markdown';
import type { DataSource } from 'typeorm';
import { commitColumns, type CommitRow } from './change-info.js';
import { withinPaths } from './change-reach.js';
import { cursorOf, placeOf } from './cursors.js';
import { dateOf, lastInstantOf } from './iso-dates.js';
import { Parameters } from './keyword-reach.js';

/** Which part of what happened is asked for. */
export interface ChangesFilter {
  limit?: number | undefined;
  cursor?: string | undefined;
  /** A whole commit id: only what came after it. */
  since?: string | undefined;
  /** The name or username of who wrote it; case does not count. */
  person?: string | undefined;
  /** The label of the token or client that made it for somebody. */
  agent?: string | undefined;
  door?: string | undefined;
  /** A page, or a folder with all below it: only what touched that. */
  path?: string | undefined;
  /** Dates without a zone are UTC; a day is meant from its first to its last instant. */
  from?: Date | string | undefined;
  until?: Date | string | undefined;
}

interface Row extends CommitRow {
  seq: string;
  pages: string[];
  files: string[];
}

/** One part of the commits of a wiki, newest first, with the paths they touched that the access reaches. */
export async function listChanges(database: DataSource, access: Access, filter: ChangesFilter) {
  const { limit = 50, cursor } = filter;
  const parameters = new Parameters();
  const wiki = parameters.add(access.wiki.id);
  const within = reachOf(access, parameters);
  const conditions = [`c.wiki = ${wiki}`, ...narrowed(filter, { wiki, within, parameters })];
  if (access.paths !== null) conditions.push(`EXISTS (SELECT 1 FROM commit_paths p WHERE ${ofCommit} AND ${within})`);
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

const mostAgents = 100;
/** Agents are looked for in so many of the newest commits. */
const mostLookedAt = 5_000;

/** The labels of the agents that wrote lately. */
export async function listAgents(database: DataSource, access: Access): Promise<string[]> {
  const parameters = new Parameters();
  const wiki = parameters.add(access.wiki.id);
  const within = `EXISTS (SELECT 1 FROM commit_paths p WHERE ${ofCommit} AND ${reachOf(access, parameters)})`;
  const rows = await database.query<{ agent: string }[]>(
    `SELECT DISTINCT c.agent FROM (SELECT * FROM commits WHERE wiki = ${wiki} ORDER BY seq DESC LIMIT ${mostLookedAt}) c
     WHERE c.agent IS NOT NULL ${access.paths === null ? '' : `AND ${within}`} ORDER BY c.agent LIMIT ${mostAgents}`,
    parameters.values,
  );
  return rows.map(({ agent }) => agent);
}

function narrowed(
  { since, person, agent, door, path, from, until }: ChangesFilter,
  { wiki, within, parameters }: { wiki: string; within: string; parameters: Parameters },
): string[] {
  const text = (given: string) => `${parameters.add(storable(given.normalize('NFC')))}::text`;
  const conditions: string[] = [];
  if (since !== undefined) {
    conditions.push(`c.seq > (SELECT seq FROM commits s WHERE s.wiki = ${wiki} AND s.oid = ${parameters.add(since)})`);
  }
  if (person !== undefined) {
    const name = `lower(${text(person)})`;
    // The address of what our doors wrote begins with the username.
    conditions.push(`(lower(c.author_name) = ${name} OR starts_with(c.author_email, ${name} || '@users.noreply.'))`);
  }
  if (agent !== undefined) conditions.push(`lower(c.agent) = lower(${text(agent)})`);
  if (door !== undefined) conditions.push(`c.door = ${text(door)}`);
  if (from !== undefined) conditions.push(`c.authored_at >= ${parameters.add(dateOf(from))}::timestamptz`);
  if (until !== undefined) conditions.push(`c.authored_at <= ${parameters.add(lastInstantOf(until))}::timestamptz`);
  if (path !== undefined) {
    const place = text(path);
    const isThere = `(p.path IN (${place}, ${place} || '.md') OR starts_with(p.path, ${place} || '/'))`;
    conditions.push(`EXISTS (SELECT 1 FROM commit_paths p WHERE ${ofCommit} AND ${within} AND ${isThere})`);
  }
  return conditions;
}

const ofCommit = 'p.wiki = c.wiki AND p.seq = c.seq';

function reachOf(access: Access, parameters: Parameters): string {
  return access.paths === null ? 'true' : withinPaths(`${parameters.add(access.paths)}::text[]`);
}
