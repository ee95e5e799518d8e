import { type Access, reaches } from '@lib/acl';
import type { Oid } from '@lib/git';
import type { DataSource } from 'typeorm';
import { commitColumns, type CommitRow } from './change-info.js';
import { fileOf, pageOfFile } from './page-path.js';
import { planned } from './statements.js';

/** A commit that touched a page, and what the page was called in it. */
export interface TrailRow extends CommitRow {
  seq: number;
  page: string;
}

interface Touched extends CommitRow {
  seq: string;
  /** What the file of the page was called. */
  file: string;
}

/** Nobody follows a page through more names. */
const mostNames = 1_000;

/** The last time before `seq` that a file got its name from another page. */
const namedFrom = (path: string, seq: string) => `
  LEFT JOIN LATERAL (
    SELECT seq, from_path FROM commit_paths
    WHERE wiki = $1 AND path = ${path} AND kind = 'rename' AND (${seq} IS NULL OR seq < ${seq})
      AND from_path LIKE '%_.md' AND from_path NOT LIKE '%/.md'
    ORDER BY seq DESC LIMIT 1
  ) named ON true`;

// Each name of the page with the time that it was its name, found one from the other.
const names = `
  WITH RECURSIVE names AS (
    SELECT 0 AS step, start.path, start.before, named.seq AS since, named.from_path AS origin
    FROM (SELECT $2::text COLLATE "C" AS path, $3::bigint AS before) start ${namedFrom('start.path', 'start.before')}
    UNION ALL
    SELECT n.step + 1, n.origin, n.since, named.seq, named.from_path
    FROM names n ${namedFrom('n.origin', 'n.since')}
    WHERE n.origin IS NOT NULL AND n.step < ${mostNames}
  )`;

const trail = `${names}
  SELECT ${commitColumns}, p.seq, n.path AS file FROM names n
  JOIN LATERAL (
    SELECT seq FROM commit_paths p
    WHERE p.wiki = $1 AND p.path = n.path AND (n.before IS NULL OR p.seq < n.before) AND (n.since IS NULL OR p.seq >= n.since)
    ORDER BY seq DESC LIMIT $4
  ) p ON true
  JOIN commits c ON c.wiki = $1 AND c.seq = p.seq
  ORDER BY p.seq DESC LIMIT $4`;

/** A name of a page, and with which commit it began to be its name; null for the first. */
interface NameRow {
  file: string;
  since: string | null;
}

const listedNames = `${names} SELECT path AS file, since FROM names ORDER BY step`;

/** Follows a page back through the commits that touched it, and through its renames. */
export class HistoryTrail {
  constructor(private readonly database: DataSource) {}

  /** The newest first; `before` is a sequence number to begin below. */
  async follow(access: Access, start: { path: string; before: number | null }, limit: number): Promise<TrailRow[]> {
    if (!reaches(access, start.path)) return [];
    const values = [access.wiki.id, fileOf(start.path), start.before, limit];
    const rows = await planned<Touched>(this.database, { sql: trail, values });
    const found = rows.map(({ seq, file, ...row }) => ({ ...row, seq: Number(seq), page: pageOfFile(file) ?? file }));
    // What it was called before is known to whoever may see that name, and what was before that to nobody else.
    const beyond = found.findIndex(({ page }) => !reaches(access, page));
    return beyond === -1 ? found : found.slice(0, beyond);
  }

  /** What a page was called at a commit; null when it was not there, or out of reach. */
  async nameAt(access: Access, path: string, commit: Oid): Promise<string | null> {
    const [name = null] = await this.namesAt(access, path, [commit]);
    return name;
  }

  /** The same for some commits at once. */
  async namesAt(access: Access, path: string, commits: readonly Oid[]): Promise<(string | null)[]> {
    const values = [access.wiki.id, fileOf(path), null];
    const [rows, seqs] = await Promise.all([
      planned<NameRow>(this.database, { sql: listedNames, values }),
      Promise.all(commits.map((commit) => this.seqOf(access, commit))),
    ]);
    return seqs.map((seq) => {
      for (const { file, since } of rows) {
        const page = pageOfFile(file) ?? file;
        if (!reaches(access, page)) return null;
        if (since === null || Number(since) <= seq) return page;
      }
      return null;
    });
  }

  /** The sequence number of a commit; beyond all others while the catalogue does not know it. */
  async seqOf(access: Access, commit: Oid): Promise<number> {
    const sql = 'SELECT seq FROM commits WHERE wiki = $1 AND oid = $2';
    const [row] = await planned<{ seq: string }>(this.database, { sql, values: [access.wiki.id, commit] });
    return row === undefined ? Number.MAX_SAFE_INTEGER : Number(row.seq);
  }
}
