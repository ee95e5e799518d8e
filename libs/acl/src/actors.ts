import type { DataSource } from 'typeorm';
import type { AccessCache } from './access-cache.js';
import { AclError, badCredential } from './acl-errors.js';
import type { Actor, Door, Verb } from './actor.js';
import { passwordMatches } from './passwords.js';
import { hashSecret, looksLikeToken } from './secrets.js';

interface PersonRow {
  user_id: string;
  username: string;
  display_name: string;
  is_admin: boolean;
}

interface TokenRow extends PersonRow {
  id: string;
  kind: 'personal' | 'wiki';
  label: string;
  verbs: Verb[];
  wikis: string[] | null;
  paths: string[] | null;
  expires_at: Date | null;
}

const person = 'u.id AS user_id, u.username, u.display_name, u.is_admin';

/** Turns credentials into actors. */
export class Actors {
  constructor(private readonly given: { database: DataSource; cache?: AccessCache }) {}

  /** Whoever sent no credential. */
  nobody(door: Door): Actor {
    return { ...anonymous, kind: 'nobody', door };
  }

  /** The platform itself, which may do everything. */
  system(door: Door = 'system'): Actor {
    return { ...anonymous, kind: 'system', door };
  }

  /** Whoever a token acts for; malformed ones never reach the database. */
  async byToken(secret: string, door: Door): Promise<Actor> {
    if (!looksLikeToken(secret)) throw badCredential();
    const hash = hashSecret(secret);
    const find = () => this.findToken(hash);
    const row = await (this.given.cache === undefined ? find() : this.given.cache.through(`token ${hash}`, find));
    if (row === null || (row.expires_at !== null && row.expires_at.getTime() <= Date.now())) throw badCredential();
    const { id, label, kind, verbs, wikis, paths, expires_at: expiresAt } = row;
    return { ...actorOf(row, door), kind: 'token', token: { id, label, kind, verbs, wikis, paths, expiresAt } };
  }

  /** A person by name, for the command line; throws user-not-found. */
  async byUsername(username: string, door: Door): Promise<Actor> {
    const [row] = await this.given.database.query<PersonRow[]>(
      `SELECT ${person} FROM users u WHERE u.username = $1 AND u.suspended_at IS NULL`,
      [username.replaceAll('\0', '')],
    );
    if (row === undefined) throw new AclError('user-not-found', `There is no person called ${username.slice(0, 40)}.`);
    return actorOf(row, door);
  }

  /** A person by username or e-mail and password; unknown names take as long as wrong passwords. */
  async byPassword(login: string, password: string, door: Door): Promise<Actor> {
    const [row] = await this.given.database.query<(PersonRow & { password_hash: string | null })[]>(
      `SELECT ${person}, u.password_hash FROM users u
       WHERE (u.username = $1 OR lower(u.email) = lower($1)) AND u.password_hash IS NOT NULL AND u.suspended_at IS NULL
       ORDER BY u.username = $1 DESC LIMIT 1`,
      [login.replaceAll('\0', '')],
    );
    const matches = await passwordMatches(row?.password_hash ?? null, password);
    if (row === undefined || !matches) throw badCredential();
    return actorOf(row, door);
  }

  private async findToken(hash: string): Promise<TokenRow | null> {
    const [row] = await this.given.database.query<TokenRow[]>(
      `SELECT t.id, t.kind, t.label, t.verbs, t.paths, t.expires_at, ${person},
         CASE t.kind WHEN 'wiki' THEN ARRAY[t.wiki_id] ELSE t.wikis END AS wikis
       FROM tokens t JOIN users u ON u.id = t.user_id LEFT JOIN wikis w ON w.id = t.wiki_id
       WHERE t.sha256 = $1 AND t.revoked_at IS NULL AND u.suspended_at IS NULL
         AND (t.kind <> 'wiki' OR w.state <> 'deleted')`,
      [hash],
    );
    return row ?? null;
  }
}

const anonymous = { userId: null, username: null, displayName: null, isAdmin: false, token: null };

function actorOf(row: PersonRow, door: Door): Actor {
  const { user_id: userId, username, display_name: displayName, is_admin: isAdmin } = row;
  return { kind: 'person', door, userId, username, displayName, isAdmin, token: null };
}
