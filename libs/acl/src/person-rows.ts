import { randomUUID } from 'node:crypto';
import { withdrawLinks } from './account-links.js';
import type { Identity } from './identity.js';
import { claimName } from './name-claims.js';
import { type Queryable, rowOf, rowsOf } from './rows.js';
import { type Person, personColumns, userNotFound } from './user-rows.js';
import type { UserId } from './wiki-ref.js';

/** An account as it is written down; everything in it was looked at before. */
export interface PersonRow {
  username: string;
  displayName: string;
  email: string | null;
  passwordHash: string | null;
  isAdmin: boolean;
  identity?: Identity | null;
}

const insert = `
  INSERT INTO users (id, username, display_name, email, password_hash, is_admin) VALUES ($1, $2, $3, $4, $5, $6)
  RETURNING ${personColumns}`;

/** Makes an account, and takes its name, in a transaction of the caller. */
export async function insertPerson(manager: Queryable, row: PersonRow): Promise<Person> {
  const { username, displayName, email, passwordHash, isAdmin, identity = null } = row;
  const id = randomUUID();
  await claimName(manager, { name: username, kind: 'user', user: id, now: new Date() });
  const person = await rowOf<Person>(manager, insert, [id, username, displayName, email, passwordHash, isAdmin]);
  if (person === null) throw userNotFound(username);
  const sql = 'INSERT INTO identities (issuer, subject, user_id) VALUES ($1, $2, $3)';
  if (identity !== null) await rowsOf(manager, sql, [identity.issuer, identity.subject, id]);
  return person;
}

/**
 * Writes down a new password, in a transaction of the caller, and ends what somebody who knew the old one may have
 * begun: sessions, but the one in which it is changed, and links that are under way.
 */
export async function storePassword(
  manager: Queryable,
  { user, hash, keep = null }: { user: UserId; hash: string; keep?: string | null },
): Promise<void> {
  await rowsOf(manager, 'UPDATE users SET password_hash = $2 WHERE id = $1', [user, hash]);
  await rowsOf(manager, 'DELETE FROM sessions WHERE user_id = $1 AND id IS DISTINCT FROM $2', [user, keep]);
  await withdrawLinks(manager, user);
}
