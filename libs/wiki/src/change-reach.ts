import type { Access } from '@lib/acl';
import type { Oid } from '@lib/git';
import type { DataSource } from 'typeorm';

/** What stands for the message of a commit that was not only about what the token reaches. */
export const withheldMessage = 'Also changes what this token does not reach.';

/**
 * Of some commits, those that touched files a narrow token does not reach. Their messages name pages it must not hear
 * of: that of a rename has the old path in it, that of a batch whatever its author wrote.
 */
export async function beyondReach(database: DataSource, access: Access, oids: readonly Oid[]): Promise<Set<Oid>> {
  if (access.paths === null || oids.length === 0) return new Set();
  const rows = await database.query<{ oid: Oid }[]>(
    `SELECT c.oid FROM commits c WHERE c.wiki = $1 AND c.oid = ANY($2::text[]) AND EXISTS (
       SELECT 1 FROM commit_paths p WHERE p.wiki = c.wiki AND p.seq = c.seq AND NOT ${withinPaths('$3::text[]')})`,
    [access.wiki.id, oids, access.paths],
  );
  return new Set(rows.map(({ oid }) => oid));
}

/** SQL that is true for a row `p` of commit_paths below one of these paths: a page, or a file that lies there. */
export function withinPaths(paths: string): string {
  const path = `normalize(CASE WHEN p.path LIKE '%.md' THEN left(p.path, -3) ELSE p.path END, NFC)`;
  return `EXISTS (SELECT 1 FROM unnest(${paths}) AS token (path)
    WHERE ${path} = token.path OR starts_with(${path}, token.path || '/'))`;
}
