import type { DataSource } from 'typeorm';
import type { AccessCache } from './access-cache.js';
import { AclError, badCredential } from './acl-errors.js';
import type { Actor, Door, TokenScope, Verb } from './actor.js';
import { passwordMatches, longestPassword } from './passwords.js';
import { rowOf } from './rows.js';
import { hashSecret, looksLikeToken } from './secrets.js';
import { sessionDays } from './sessions.js';
import { userNotFound } from './user-rows.js';

/** What Actors works with; without a cache every credential is looked up. */
export interface ActorsOptions {
  database: DataSource;
  cache?: AccessCache;
}

interface UserRow {
  user_id: string;
  username: string;
  display_name: string;
  is_admin: boolean;
  suspended_at: Date | null;
}

interface TokenRow extends UserRow {
  id: string;
  label: string;
  kind: 'personal' | 'wiki';
  verbs: Verb[];
  wikis: string[] | null;
  paths: string[] | null;
  expires_at: Date | null;
}

type Person = Omit<Actor, 'door' | 'kind' | 'token'>;

const userColumns = 'u.id AS user_id, u.username, u.display_name, u.is_admin, u.suspended_at';

const byHash = `
  SELECT t.id, t.label, t.kind, t.verbs, t.paths, t.expires_at, ${userColumns},
    CASE WHEN t.kind = 'wiki' THEN ARRAY[t.wiki_id] ELSE t.wikis END AS wikis
  FROM tokens t JOIN users u ON u.id = t.user_id LEFT JOIN wikis w ON w.id = t.wiki_id
  WHERE t.sha256 = $1 AND t.revoked_at IS NULL AND (t.kind = 'personal' OR w.state <> 'deleted')`;

const bySession = `
  SELECT s.id AS session, ${userColumns} FROM sessions s JOIN users u ON u.id = s.user_id
  WHERE s.sha256 = $1 AND s.host IS NOT DISTINCT FROM $2 AND s.expires_at > now() AND s.last_seen > now() - interval '${sessionDays.idle} days'`;

/** Tells from a credential who is asking. */
export class Actors {
  constructor(private readonly options: ActorsOptions) {}

  /** Whoever sent no credential. */
  nobody(door: Door): Actor {
    return nobodyActor(door);
  }

  /** The platform itself. */
  system(door: Door = 'system'): Actor {
    return systemActor(door);
  }

  /** Whom a token acts for, and what it leaves of their rights; every token that is not good is refused alike. */
  async byToken(secret: string, door: Door): Promise<Actor> {
    if (!looksLikeToken(secret)) throw badCredential();
    const hash = hashSecret(secret);
    const load = () => this.tokenActor(hash);
    const known = await (this.options.cache?.remember(`token ${hash}`, load) ?? load());
    if (known === null || hasExpired(known.token)) throw badCredential();
    return { ...known, kind: 'token', door };
  }

  /**
   * Whom a browser's cookie means at the host of wikis that it was sent to, or at the platform (null); every session that
   * is over, or for another host, is refused alike.
   */
  async bySession(secret: string, door: Door, host: string | null = null): Promise<Actor> {
    const hash = hashSecret(secret);
    const load = () => rowOf<UserRow & { session: string }>(this.options.database, bySession, [hash, host]);
    const row = await (this.options.cache?.remember(`session ${hash} ${host ?? ''}`, load) ?? load());
    if (row === null || row.suspended_at !== null) throw badCredential();
    return { ...personOf(row), kind: 'person', door, token: null, session: row.session };
  }

  /** A person by name, for the operator's own commands. */
  async byUsername(username: string, door: Door): Promise<Actor> {
    const sql = `SELECT ${userColumns} FROM users u WHERE u.username = $1`;
    const row = username.includes('\0') ? null : await rowOf<UserRow>(this.options.database, sql, [username]);
    if (row === null) throw userNotFound(username);
    if (row.suspended_at !== null) throw new AclError('denied', `The account of ${username} is suspended.`);
    return { ...personOf(row), kind: 'person', door, token: null };
  }

  /** A person by username or e-mail address and password; it takes as long when there is no such person. */
  async byPassword(login: string, password: string, door: Door): Promise<Actor> {
    if (password.length > longestPassword || login.includes('\0')) throw badCredential();
    const sql = `
      SELECT ${userColumns}, u.password_hash FROM users u
      WHERE u.username = $1 OR (lower(u.email) = lower($1) AND u.password_hash IS NOT NULL)
      ORDER BY u.username = $1 DESC LIMIT 1`;
    const row = await rowOf<UserRow & { password_hash: string | null }>(this.options.database, sql, [login]);
    const matches = await passwordMatches(row?.password_hash ?? null, password);
    if (row === null || !matches || row.suspended_at !== null) throw badCredential();
    return { ...personOf(row), kind: 'person', door, token: null };
  }

  private async tokenActor(hash: string): Promise<(Person & { token: TokenScope }) | null> {
    const row = await rowOf<TokenRow>(this.options.database, byHash, [hash]);
    if (row === null || row.suspended_at !== null) return null;
    const { id, label, kind, verbs, wikis, paths, expires_at: expiresAt } = row;
    return { ...personOf(row), token: { id, label, kind, verbs, wikis, paths, expiresAt } };
  }
}

const noPerson = { userId: null, username: null, displayName: null, isAdmin: false };

/** Whoever sent no credential. */
export const nobodyActor = (door: Door): Actor => ({ ...noPerson, kind: 'nobody', door, token: null });

/** The platform itself, which may do everything to every wiki. */
export const systemActor = (door: Door): Actor => ({ ...noPerson, kind: 'system', door, token: null });

const hasExpired = ({ expiresAt }: TokenScope) => expiresAt != null && expiresAt.getTime() <= Date.now();

function personOf(row: UserRow): Person {
  return { userId: row.user_id, username: row.username, displayName: row.display_name, isAdmin: row.is_admin };
}
