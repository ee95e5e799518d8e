import type { Verb } from './actor.js';
import { type Queryable, rowOf } from './rows.js';
import { displayPrefix, hashSecret, newSecret } from './secrets.js';
import type { UserId, WikiId } from './wiki-ref.js';

/** A token as its owner sees it; the secret is not kept. */
export interface TokenRow {
  id: string;
  label: string;
  kind: 'personal' | 'wiki';
  verbs: Verb[];
  wikis: WikiId[] | null;
  paths: string[] | null;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  prefix: string;
}

/** What a TokenRow is selected from. */
export const tokenColumns = `id, label, kind, verbs, paths, prefix, created_at AS "createdAt",
  expires_at AS "expiresAt", last_used AS "lastUsedAt",
  CASE WHEN kind = 'wiki' THEN ARRAY[wiki_id] ELSE wikis END AS wikis`;

interface NewRow {
  user: UserId;
  wiki?: WikiId;
  label: string;
  verbs: Verb[];
  wikis?: WikiId[] | null;
  paths?: string[] | null;
  expiresAt?: Date | null;
}

const insert = `
  INSERT INTO tokens (user_id, kind, wiki_id, sha256, prefix, label, verbs, wikis, paths, expires_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING ${tokenColumns}`;

/** Makes a token; its secret is known to the caller alone. */
export async function insertToken(database: Queryable, token: NewRow): Promise<TokenRow & { secret: string }> {
  const secret = newSecret();
  const { user, wiki = null, label, verbs, wikis = null, paths = null, expiresAt = null } = token;
  const kind = wiki === null ? 'personal' : 'wiki';
  const named = [hashSecret(secret), displayPrefix(secret), label];
  const row = await rowOf<TokenRow>(database, insert, [user, kind, wiki, ...named, verbs, wikis, paths, expiresAt]);
  if (row === null) throw new Error('PostgreSQL gave no row for a new token.');
  return { ...row, secret };
}

/** Makes the own token of a wiki: it reads and writes there, and nowhere else. */
export async function insertWikiToken(database: Queryable, user: UserId, wiki: WikiId) {
  const { id, secret } = await insertToken(database, { user, wiki, label: 'wiki token', verbs: ['read', 'write'] });
  return { id, secret };
}
