import type { WikiId } from '@lib/acl';
import type { EntityManager } from 'typeorm';

// A merge may touch a file against its first parent that is, in the end, what the catalogue had; so may two commits
// of which the second takes the first back.
const touched = `
  WITH touched AS (
    SELECT DISTINCT ON (p.path) p.path, c.seq, c.oid, c.authored_at
    FROM commit_paths p JOIN commits c ON c.wiki = p.wiki AND c.seq = p.seq
    WHERE p.wiki = $1 AND p.seq > $2 ORDER BY p.path, p.seq DESC
  )`;

/** Gives pages and files that commits after `seq` touched the newest of these as their last change. */
export async function renewTouched(manager: EntityManager, wiki: WikiId, seq: number): Promise<void> {
  await manager.query(
    `${touched} UPDATE pages f SET seq = t.seq, revision = t.oid, updated_at = t.authored_at FROM touched t
     WHERE f.wiki = $1 AND t.path LIKE '%.md' AND f.path = left(t.path, -3) AND f.seq <> t.seq`,
    [wiki, seq],
  );
  await manager.query(
    `${touched} UPDATE files f SET seq = t.seq, updated_at = t.authored_at FROM touched t
     WHERE f.wiki = $1 AND f.path = t.path AND f.seq <> t.seq`,
    [wiki, seq],
  );
}
