import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { AccessCache } from './access-cache.js';
import type { SignedInActor } from './actor.js';
import { Changes } from './changes.js';
import { rowOf, rowsOf } from './rows.js';
import { hashSecret } from './secrets.js';

/** So many days without use, and so many days at all, a session lasts. */
export const sessionDays = { idle: 14, whole: 90 } as const;
const longestAgent = 300;

const insert = `
  INSERT INTO sessions (user_id, sha256, agent, expires_at)
  VALUES ($1, $2, $3, now() + make_interval(days => $4)) RETURNING id, expires_at AS "expiresAt"`;
const over = `expires_at <= now() OR last_seen <= now() - interval '${sessionDays.idle} days'`;

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
    await rowsOf(this.database, `DELETE FROM sessions WHERE user_id = $1 AND (${over})`, [userId]);
    return { ...row, secret };
  }

  /** Ends the session of a cookie, if it is one. */
  async end(secret: string): Promise<void> {
    await rowsOf(this.database, 'DELETE FROM sessions WHERE sha256 = $1', [hashSecret(secret)]);
    this.changes.rights();
  }
}
