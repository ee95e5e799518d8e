import { AclError } from './acl-errors.js';
import { type Queryable, rowOf } from './rows.js';
import type { UserId } from './wiki-ref.js';

/** A person as operators and they themselves see them. */
export interface Person {
  id: UserId;
  username: string;
  displayName: string;
  email: string | null;
  isAdmin: boolean;
  /** Whether one can sign in with a password. */
  hasPassword: boolean;
  createdAt: Date;
}

/** What a Person is selected from. */
export const personColumns = `id, username, display_name AS "displayName", email, is_admin AS "isAdmin",
  password_hash IS NOT NULL AS "hasPassword", created_at AS "createdAt"`;

/** Nobody has that username. */
export const userNotFound = (username: string): AclError =>
  new AclError('user-not-found', 'There is no person of that name.', { username: username.slice(0, 100) });

/** A person by their username, or null; texts that PostgreSQL would refuse are nobody's. */
export async function personNamed(database: Queryable, username: string): Promise<Person | null> {
  if (username.includes('\0')) return null;
  return rowOf<Person>(database, `SELECT ${personColumns} FROM users WHERE username = $1`, [username]);
}
