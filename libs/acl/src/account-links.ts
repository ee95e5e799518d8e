import { randomBytes } from 'node:crypto';
import { type Queryable, rowOf, rowsOf } from './rows.js';
import { hashSecret } from './secrets.js';
import type { UserId } from './wiki-ref.js';

/** What a link that is sent to somebody is good for, once. */
export type LinkPurpose = 'sign-up' | 'email' | 'password';

/** Hours for which each is good from the moment it is sent. */
export const linkHours: Readonly<Record<LinkPurpose, number>> = { 'sign-up': 24, email: 24, password: 1 };

/** Whom a link is for: an account, or one that is to be made. */
export interface LinkFor {
  purpose: LinkPurpose;
  user: UserId | null;
  signUp: string | null;
  /** The address that is confirmed by it. */
  email: string | null;
}

const shape = /^[\w-]{43}$/;
const columns = 'purpose, user_id AS user, sign_up_id AS "signUp", email';

/** What only the link itself holds; we keep its hash. */
export const newLinkSecret = (): string => randomBytes(32).toString('base64url');

/** Makes a link. Those made before stay good: whoever asks for many does not spoil the one that is being read. */
export async function makeLink(database: Queryable, { purpose, user, signUp, email }: LinkFor): Promise<string> {
  const secret = newLinkSecret();
  const sql = `INSERT INTO account_links (sha256, purpose, user_id, sign_up_id, email, expires_at)
    VALUES ($1, $2, $3, $4, $5, now() + make_interval(hours => $6))`;
  await rowsOf(database, 'DELETE FROM account_links WHERE expires_at <= now()');
  await rowsOf(database, sql, [hashSecret(secret), purpose, user, signUp, email, linkHours[purpose]]);
  return secret;
}

/** Makes one more link for an invitation, as good as its first. */
export async function makeInvitationLink(database: Queryable, invitation: string): Promise<string> {
  const secret = newLinkSecret();
  const sql = 'INSERT INTO invitation_links (sha256, invitation_id) VALUES ($1, $2)';
  await rowsOf(database, sql, [hashSecret(secret), invitation]);
  return secret;
}

/** What a link is for, or null: it stays good. */
export async function readLink(database: Queryable, purpose: LinkPurpose, secret: string): Promise<LinkFor | null> {
  const sql = `SELECT ${columns} FROM account_links WHERE sha256 = $1 AND purpose = $2 AND expires_at > now()`;
  return shape.test(secret) ? rowOf<LinkFor>(database, sql, [hashSecret(secret), purpose]) : null;
}

/** The same, and it is used up with that; of two at once, one gets it. */
export async function takeLink(database: Queryable, purpose: LinkPurpose, secret: string): Promise<LinkFor | null> {
  const sql = `DELETE FROM account_links WHERE sha256 = $1 AND purpose = $2 AND expires_at > now() RETURNING ${columns}`;
  return shape.test(secret) ? rowOf<LinkFor>(database, sql, [hashSecret(secret), purpose]) : null;
}

/** Ends the links of an account that are under way, also those that are still to be sent. */
export async function withdrawLinks(database: Queryable, user: UserId): Promise<void> {
  // In this order: a mail that is being written at the moment has its link by the time it can be deleted.
  await rowsOf(database, `DELETE FROM mails WHERE user_id = $1 AND kind IN ('email', 'password')`, [user]);
  await rowsOf(database, 'DELETE FROM account_links WHERE user_id = $1', [user]);
}
