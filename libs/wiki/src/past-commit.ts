import type { WikiId } from '@lib/acl';
import type { Oid, Repository } from '@lib/git';
import type { DataSource } from 'typeorm';
import { lastInstantOf } from './iso-dates.js';
import { requireRevision } from './revisions.js';

/** The commit of `main` that a revision names, or that was the newest on a date; null before the first. */
export async function pastCommit(database: DataSource, repository: Repository, at: string): Promise<Oid | null> {
  if (!/^\d{4}-/.test(at)) return requireRevision(repository, at);
  return newestUntil(database, repository.id, lastInstantOf(at));
}

/** Along first parents: what others wrote on the side was not part of the wiki before it was merged. */
async function newestUntil(database: DataSource, wiki: WikiId, date: string): Promise<Oid | null> {
  const [row] = await database.query<{ oid: Oid }[]>(
    `WITH RECURSIVE line AS (
       SELECT c.oid, c.parents, c.committed_at FROM catalogue_positions p
       JOIN commits c ON c.wiki = p.wiki AND c.oid = p.commit_oid WHERE p.wiki = $1
       UNION ALL
       SELECT c.oid, c.parents, c.committed_at FROM line
       JOIN commits c ON c.wiki = $1 AND c.oid = line.parents[1] WHERE line.committed_at > $2
     )
     SELECT oid FROM line WHERE committed_at <= $2 LIMIT 1`,
    [wiki, date],
  );
  return row?.oid ?? null;
}
