import type { EntityManager } from 'typeorm';
import { displayPrefix, hashSecret, newSecret } from './secrets.js';

/** A secret that is shown this once. */
export interface IssuedToken {
  id: string;
  secret: string;
}

/** Makes the own token of a wiki, for its quick start; the one before it stops working. */
export async function issueWikiToken(
  manager: EntityManager,
  { wikiId, userId }: { wikiId: string; userId: string },
): Promise<IssuedToken> {
  await manager.query(
    `UPDATE tokens SET revoked_at = now() WHERE wiki_id = $1 AND kind = 'wiki' AND revoked_at IS NULL`,
    [wikiId],
  );
  const secret = newSecret();
  const [{ id }] = await manager.query<[{ id: string }]>(
    `INSERT INTO tokens (user_id, kind, wiki_id, sha256, prefix, label, verbs)
     VALUES ($1, 'wiki', $2, $3, $4, 'wiki token', ARRAY['read', 'write']) RETURNING id`,
    [userId, wikiId, hashSecret(secret), displayPrefix(secret)],
  );
  return { id, secret };
}
