import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { AccountAccess } from './access.js';
import type { AccessCache } from './access-cache.js';
import { AclError, badCredential } from './acl-errors.js';
import type { SignedInActor } from './actor.js';
import { Changes } from './changes.js';
import { coarseNetwork } from './networks.js';
import { longestPassword, passwordMatches } from './passwords.js';
import { isUuid, rowOf, rowsOf } from './rows.js';
import { hashSecret } from './secrets.js';
import { isProved, ownSession } from './session-proof.js';

/** So many days without use, and so many days at all, a session lasts. */
export const sessionDays = { idle: 14, whole: 90 } as const;
const longestAgent = 300;

/** A session as the person whose it is sees it. */
export interface SessionRow {
  id: string;
  /** What the browser says of itself. */
  agent: string | null;
  /** The network it was begun from; addresses themselves are not kept. */
  network: string | null;
  /** The host of wikis that it is for; null for the platform. */
  host: string | null;
  /** The session of the platform that it came from, and ends with. */
  parent: string | null;
  createdAt: Date;
  lastSeenAt: Date;
}

/** What is known of a browser that signs in. */
export interface Browser {
  agent?: string | null;
  address?: string | null;
}

const insert = `
  INSERT INTO sessions (user_id, sha256, agent, network, expires_at)
  VALUES ($1, $2, $3, $4, now() + make_interval(days => $5)) RETURNING id, expires_at AS "expiresAt"`;
const over = `expires_at <= now() OR last_seen <= now() - interval '${sessionDays.idle} days'`;
const listed = `
  SELECT id, agent, network, host, parent, created_at AS "createdAt", last_seen AS "lastSeenAt" FROM sessions
  WHERE user_id = $1 AND NOT (${over}) ORDER BY last_seen DESC, id`;

/** The browsers that people are signed in with. A session is a row: to end it is to delete the row. */
export class Sessions {
  private readonly database: DataSource;
  private readonly changes: Changes;

  constructor({ database, cache }: { database: DataSource; cache?: AccessCache }) {
    this.database = database;
    this.changes = new Changes({ ...(cache !== undefined && { cache }) });
  }

  /** Begins a session for somebody who has just proved who they are; the secret is the browser's cookie. */
  async begin(
    { userId }: Pick<SignedInActor, 'userId'>,
    browser: Browser = {},
  ): Promise<{ id: string; secret: string; expiresAt: Date }> {
    const secret = randomBytes(32).toString('base64url');
    const row = await rowOf<{ id: string; expiresAt: Date }>(this.database, insert, [
      ...[userId, hashSecret(secret), ...shownOf(browser), sessionDays.whole],
    ]);
    if (row === null) throw new Error('No session was made.');
    // Nobody asks for those that are over, so nobody waits for them to go.
    await rowsOf(this.database, `DELETE FROM sessions WHERE user_id = $1 AND (${over})`, [userId]);
    return { ...row, secret };
  }

  /** Ends the session of a cookie, if it is one, and those on hosts of wikis that came from it. */
  async end(secret: string): Promise<void> {
    await rowsOf(this.database, 'DELETE FROM sessions WHERE sha256 = $1', [hashSecret(secret)]);
    this.changes.rights();
  }

  /** One's own sessions, the one seen last first. */
  list({ actor }: AccountAccess<'account.read'>): Promise<SessionRow[]> {
    return rowsOf<SessionRow>(this.database, listed, [actor.userId]);
  }

  /** Ends one of one's own sessions; all others are answered as if they were not there. */
  async endOne({ actor }: AccountAccess<'account.write'>, id: string): Promise<void> {
    ownSession(actor);
    const sql = 'DELETE FROM sessions WHERE id = $1 AND user_id = $2 RETURNING id';
    const row = isUuid(id) ? await rowOf(this.database, sql, [id, actor.userId]) : null;
    if (row === null) throw new AclError('session-not-found', 'You have no such session; it may have ended by itself.');
    this.changes.rights();
  }

  /** Ends all of one's sessions, that from which it is asked included. */
  async endAll({ actor }: AccountAccess<'account.write'>): Promise<void> {
    ownSession(actor);
    await rowsOf(this.database, 'DELETE FROM sessions WHERE user_id = $1', [actor.userId]);
    this.changes.rights();
  }

  /** Whether somebody proved not long ago that it is they who sit at the browser. */
  isProved({ actor }: AccountAccess<'account.read'>): Promise<boolean> {
    return isProved(this.database, actor);
  }

  /** Takes the password as proof that it is the person who sits at the browser, for what a stolen session may not do. */
  async prove({ actor }: AccountAccess<'account.write'>, password: string): Promise<void> {
    const session = ownSession(actor);
    const sql = 'SELECT password_hash FROM users WHERE id = $1';
    const row = await rowOf<{ password_hash: string | null }>(this.database, sql, [actor.userId]);
    const isShort = password.length <= longestPassword;
    if (!isShort || !(await passwordMatches(row?.password_hash ?? null, password))) throw badCredential();
    await rowsOf(this.database, 'UPDATE sessions SET proved_at = now() WHERE id = $1', [session]);
  }
}

/** What is kept of a browser. */
export function shownOf({ agent = null, address = null }: Browser): [agent: string | null, network: string | null] {
  const shown = agent === null ? null : agent.toWellFormed().replaceAll('\0', '').slice(0, longestAgent);
  return [shown, coarseNetwork(address)];
}
