import { type Access, reaches } from '@lib/acl';
import type { Oid } from '@lib/git';
import type { DataSource } from 'typeorm';
import { commitColumns, type CommitRow } from './change-info.js';
import { fileOf, pageOfFile } from './page-path.js';

/** A commit that touched a page, and what the page was called in it. */
export interface TrailRow extends CommitRow {
  seq: number;
  page: string;
}

interface Touched extends CommitRow {
  seq: string;
  kind: string;
  from_path: string | null;
}

/** Follows a page back through the commits that touched it, and through its renames. */
export class HistoryTrail {
  constructor(private readonly database: DataSource) {}

  /** The newest first; `before` is a sequence number to begin below. */
  async follow(access: Access, start: { path: string; before: number | null }, limit: number): Promise<TrailRow[]> {
    const found: TrailRow[] = [];
    let here: { path: string; before: number | null } | null = start;
    while (here !== null && found.length < limit && reaches(access, here.path)) {
      here = await this.segment(access, here, limit, found);
    }
    return found;
  }

  /** Adds what happened under one name; returns where the page was before it got that name. */
  private async segment(
    access: Access,
    { path, before }: { path: string; before: number | null },
    limit: number,
    found: TrailRow[],
  ): Promise<{ path: string; before: number | null } | null> {
    const rows = await this.database.query<Touched[]>(
      `SELECT ${commitColumns}, p.seq, p.kind, p.from_path FROM commit_paths p
       JOIN commits c ON c.wiki = p.wiki AND c.seq = p.seq
       WHERE p.wiki = $1 AND p.path = $2 AND ($3::bigint IS NULL OR p.seq < $3) ORDER BY p.seq DESC LIMIT $4`,
      [access.wiki.id, fileOf(path), before, limit - found.length],
    );
    for (const row of rows) {
      const seq = Number(row.seq);
      found.push({ ...row, seq, page: path });
      const from = row.kind === 'rename' && row.from_path !== null ? pageOfFile(row.from_path) : null;
      if (from !== null) return { path: from, before: seq };
    }
    return null;
  }

  /** What a page was called at a commit; null when it was not there, or out of reach. */
  async nameAt(access: Access, path: string, commit: Oid): Promise<string | null> {
    const seq = await this.seqOf(access, commit);
    let here: { path: string; before: number | null } | null = { path, before: null };
    while (here !== null && reaches(access, here.path)) {
      const next = await this.renamed(access, here);
      if (next === null || next.before <= seq) return here.path;
      here = next;
    }
    return null;
  }

  private async renamed(access: Access, { path, before }: { path: string; before: number | null }) {
    const [row] = await this.database.query<{ seq: string; from_path: string }[]>(
      `SELECT seq, from_path FROM commit_paths WHERE wiki = $1 AND path = $2 AND kind = 'rename'
         AND ($3::bigint IS NULL OR seq < $3) ORDER BY seq DESC LIMIT 1`,
      [access.wiki.id, fileOf(path), before],
    );
    const from = row === undefined ? null : pageOfFile(row.from_path);
    return row === undefined || from === null ? null : { path: from, before: Number(row.seq) };
  }

  /** The sequence number of a commit; beyond all others while the catalogue does not know it. */
  async seqOf(access: Access, commit: Oid): Promise<number> {
    const [row] = await this.database.query<{ seq: string }[]>('SELECT seq FROM commits WHERE wiki = $1 AND oid = $2', [
      access.wiki.id,
      commit,
    ]);
    return row === undefined ? Number.MAX_SAFE_INTEGER : Number(row.seq);
  }
}
