import { type Queryable, rowOf, rowsOf } from './rows.js';
import { nameTaken } from './violations.js';
import type { UserId, WikiId } from './wiki-ref.js';

interface Claim {
  name: string;
  kind: 'user' | 'wiki';
  user: UserId;
  wiki?: WikiId;
  now: Date;
}

// A name given back is kept from others for a year, so that its old links never serve somebody else's pages.
const claim = `
  INSERT INTO names AS n (name, kind, user_id, wiki_id) VALUES ($1, $2, $3, $4)
  ON CONFLICT (name) DO UPDATE SET kind = $2, user_id = $3, wiki_id = $4, released_at = NULL
    WHERE n.released_at IS NOT NULL
      AND (n.user_id = $3 OR n.released_at < $5::timestamptz - interval '12 months')
  RETURNING name`;

/** Takes a username or custom slug for somebody, or says that it is taken; two at once cannot both have it. */
export async function claimName(database: Queryable, { name, kind, user, wiki, now }: Claim): Promise<void> {
  const claimed = await rowOf(database, claim, [name, kind, user, wiki ?? null, now]);
  if (claimed === null) throw nameTaken(name);
}

/** Gives the custom slug of a wiki back, but not to everybody. */
export async function releaseSlug(database: Queryable, wiki: WikiId, now: Date): Promise<void> {
  const sql = 'UPDATE names SET released_at = $2, wiki_id = NULL WHERE wiki_id = $1 AND released_at IS NULL';
  await rowsOf(database, sql, [wiki, now]);
}
