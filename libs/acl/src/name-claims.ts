import type { EntityManager } from 'typeorm';
import { AclError } from './acl-errors.js';

interface Claim {
  name: string;
  kind: 'user' | 'wiki';
  userId: string;
  wikiId: string | null;
}

/**
 * Takes a name in the namespace that usernames and custom slugs share. A released name is kept for the person whose it
 * was for a year. Two claims at once: the primary key lets one of them through.
 */
export async function claimName(manager: EntityManager, { name, kind, userId, wikiId }: Claim): Promise<void> {
  const [claimed] = await manager.query<{ name: string }[]>(
    `INSERT INTO names (name, kind, user_id, wiki_id) VALUES ($1, $2, $3, $4)
     ON CONFLICT (name) DO UPDATE SET kind = $2, user_id = $3, wiki_id = $4, released_at = NULL
       WHERE names.released_at IS NOT NULL
         AND (names.user_id = $3 OR names.released_at < now() - interval '12 months')
     RETURNING name`,
    [name, kind, userId, wikiId],
  );
  if (claimed === undefined) throw new AclError('name-taken', `The name "${name}" is taken.`, { name });
}

/** Gives the custom slug of a wiki up; it stays kept from other people for a year. */
export async function releaseSlug(manager: EntityManager, wikiId: string): Promise<void> {
  await manager.query(`UPDATE names SET released_at = now() WHERE wiki_id = $1 AND released_at IS NULL`, [wikiId]);
}
