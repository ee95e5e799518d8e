import type { WikiId } from '@lib/acl';
import type { Oid } from '@lib/git';
import type { DataSource } from 'typeorm';
import { planned } from './statements.js';

/** What a commit did to one file. */
export interface TouchedFile {
  path: string;
  kind: 'add' | 'change' | 'remove' | 'rename';
  from_path: string | null;
  old_blob: Oid | null;
  new_blob: Oid | null;
}

const farthest = 100;

/** Reads in the catalogue what a commit touched, and what became of that later. */
export class RevertRows {
  constructor(private readonly database: DataSource) {}

  /** What a commit touched, one more than `limit` at most; null when the catalogue does not know the commit. */
  async of(wiki: WikiId, commit: Oid, limit: number): Promise<{ seq: string; files: TouchedFile[] } | null> {
    const [known] = await planned<{ seq: string }>(this.database, {
      sql: 'SELECT seq FROM commits WHERE wiki = $1 AND oid = $2',
      values: [wiki, commit],
    });
    if (known === undefined) return null;
    const files = await planned<TouchedFile>(this.database, {
      sql: `SELECT path, kind, from_path, old_blob, new_blob FROM commit_paths
        WHERE wiki = $1 AND seq = $2 ORDER BY path LIMIT ${limit + 1}`,
      values: [wiki, known.seq],
    });
    return { seq: known.seq, files };
  }

  /** Where a file is that was at a path as of a commit, as far as renames since then tell. */
  async nameNow(wiki: WikiId, path: string, seq: string): Promise<string> {
    let here = { path, seq };
    for (let steps = 0; steps < farthest; steps += 1) {
      const [next] = await planned<{ path: string; seq: string }>(this.database, {
        sql: `SELECT r.path, r.seq FROM commit_paths p
          JOIN commit_paths r ON r.wiki = p.wiki AND r.seq = p.seq AND r.kind = 'rename' AND r.from_path = p.path
          WHERE p.wiki = $1 AND p.path = $2 AND p.seq > $3 AND p.kind = 'remove' ORDER BY p.seq LIMIT 1`,
        values: [wiki, here.path, here.seq],
      });
      if (next === undefined) return here.path;
      here = next;
    }
    return here.path;
  }
}
