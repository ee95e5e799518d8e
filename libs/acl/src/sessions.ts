import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { AccessCache } from './access-cache.js';
import type { AccountAccess } from './access.js';
import { AclError } from './acl-errors.js';
import type { SignedInActor } from './actor.js';
import { Changes } from './changes.js';
import { isUuid, rowOf, rowsOf } from './rows.js';
import { hashSecret } from './secrets.js';

/** A browser that somebody is signed in with. */
export interface SessionRow {
  id: string;
  /** What the browser says it is. */
  agent: string | null;
  createdAt: Date;
  lastSeen: Date;
  expiresAt: Date;
}

/** So many days without use, and so many days at all, a session lasts. */
export const sessionDays = { idle: 14, whole: 90 } as const;
const longestAgent = 300;

const insert = `
  INSERT INTO sessions (user_id, sha256, agent, expires_at)
  VALUES ($1, $2, $3, now() + make_interval(days => $4)) RETURNING id, expires_at AS "expiresAt"`;
const over = `expires_at <= now() OR last_seen <= now() - interval '${sessionDays.idle} days'`;
const columns = 'id, agent, created_at AS "createdAt", last_seen AS "lastSeen", expires_at AS "expiresAt"';

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
    { agent = null }: { agent?: string | null } = {},
  ): Promise<{ id: string; secret: string; expiresAt: Date }> {
    const secret = randomBytes(32).toString('base64url');
    const shown = agent === null ? null : agent.toWellFormed().replaceAll('\0', '').slice(0, longestAgent);
    const row = await rowOf<{ id: string; expiresAt: Date }>(this.database, insert, [
      ...[userId, hashSecret(secret), shown, sessionDays.whole],
    ]);
    if (row === null) throw new Error('No session was made.');
    // Nobody asks for those that are over, so nobody waits for them to go.
    await rowsOf(this.database, `DELETE FROM sessions WHERE user_id = $1 AND ${over}`, [userId]);
    return { ...row, secret };
  }

  /** One's sessions, the latest first. */
  list({ actor }: AccountAccess<'account.read'>): Promise<SessionRow[]> {
    const sql = `SELECT ${columns} FROM sessions WHERE user_id = $1 AND NOT (${over}) ORDER BY last_seen DESC, id`;
    return rowsOf<SessionRow>(this.database, sql, [actor.userId]);
  }

  /** Ends the session of a cookie, if it is one. */
  async end(secret: string): Promise<void> {
    await rowsOf(this.database, 'DELETE FROM sessions WHERE sha256 = $1', [hashSecret(secret)]);
    this.changes.rights();
  }

  /** Ends one of one's own sessions; all others are answered as if they were not there. */
  async endOne({ actor }: AccountAccess<'account.write'>, id: string): Promise<void> {
    const sql = 'DELETE FROM sessions WHERE id = $1 AND user_id = $2 RETURNING id';
    const row = isUuid(id) ? await rowOf(this.database, sql, [id, actor.userId]) : null;
    if (row === null) throw new AclError('session-not-found', 'You have no such session.');
    this.changes.rights();
  }

  /** Ends all sessions of somebody but one, which may be none. */
  async endOthers({ actor }: AccountAccess<'account.write'>, kept: string | null): Promise<void> {
    await rowsOf(this.database, 'DELETE FROM sessions WHERE user_id = $1 AND id IS DISTINCT FROM $2::uuid', [
      ...[actor.userId, kept],
    ]);
    this.changes.rights();
  }
}
