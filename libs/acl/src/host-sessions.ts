import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { AccessCache } from './access-cache.js';
import type { SignedInActor } from './actor.js';
import { Changes } from './changes.js';
import { rowOf, rowsOf } from './rows.js';
import { hashSecret } from './secrets.js';
import { ownSession } from './session-proof.js';
import { type Browser, sessionDays, shownOf } from './sessions.js';

/** Where a code leads, and what proves that it came to the browser that asked for it. */
export interface Arrival {
  host: string;
  /** The hash of a secret that the browser holds at that host. */
  state: string;
}

const seconds = 60;

const redeemed = `
  WITH used AS (DELETE FROM host_codes WHERE sha256 = $1 RETURNING *),
    main AS (
      SELECT s.* FROM sessions s JOIN used ON used.session_id = s.id
      WHERE used.host = $2 AND used.state = $3 AND used.expires_at > now() AND s.expires_at > now()
        AND s.last_seen > now() - interval '${sessionDays.idle} days'
      FOR KEY SHARE OF s)
  INSERT INTO sessions (user_id, sha256, agent, network, expires_at, proved_at, parent, host)
  SELECT user_id, $4, $5, $6, expires_at, proved_at, id, $2 FROM main
  RETURNING id, parent, expires_at AS "expiresAt", (SELECT next FROM used) AS next`;

/**
 * Sessions on the hosts of wikis. Each host has its own, which comes from that of the platform by a code that works
 * once, and ends with it.
 */
export class HostSessions {
  private readonly database: DataSource;
  private readonly changes: Changes;

  constructor({ database, cache }: { database: DataSource; cache?: AccessCache }) {
    this.database = database;
    this.changes = new Changes({ ...(cache !== undefined && { cache }) });
  }

  /** A code by which the browser of somebody who is signed in at the platform is let in at a host. */
  async issue(actor: SignedInActor, { host, state, next }: Arrival & { next: string }): Promise<string> {
    const code = randomBytes(32).toString('base64url');
    // A session that has just ended makes no row, and its code lets nobody in.
    const sql = `
      INSERT INTO host_codes (sha256, session_id, host, state, next, expires_at)
      SELECT $1, id, $3, $4, $5, now() + interval '${seconds} seconds' FROM sessions WHERE id = $2 FOR KEY SHARE`;
    await rowsOf(this.database, 'DELETE FROM host_codes WHERE expires_at <= now()');
    await rowsOf(this.database, sql, [hashSecret(code), ownSession(actor), host, state, next]);
    return code;
  }

  /** Begins the session that a code stands for, and says where to go on; null for a code that is not good, which is used up. */
  async redeem(
    code: string,
    { host, state }: Arrival,
    browser: Browser,
  ): Promise<{ secret: string; expiresAt: Date; next: string } | null> {
    const secret = randomBytes(32).toString('base64url');
    const row = await rowOf<{ id: string; parent: string; expiresAt: Date; next: string }>(this.database, redeemed, [
      ...[hashSecret(code), host, state, hashSecret(secret), ...shownOf(browser)],
    ]);
    if (row === null) return null;
    const before = 'DELETE FROM sessions WHERE parent = $1 AND host = $2 AND id <> $3';
    await rowsOf(this.database, before, [row.parent, host, row.id]);
    this.changes.rights();
    return { secret, expiresAt: row.expiresAt, next: row.next };
  }
}
