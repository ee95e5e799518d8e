import type { DataSource } from 'typeorm';
import type { Access, AccountAccess } from './access.js';
import { AclError } from './acl-errors.js';
import type { Verb } from './actor.js';
import { parseDisplayName } from './names.js';
import { displayPrefix, hashSecret, newSecret } from './secrets.js';
import { parseTokenPaths } from './token-paths.js';
import type { UserId, WikiId } from './wiki-ref.js';
import { issueWikiToken, type IssuedToken } from './wiki-tokens.js';

/** A token without its secret. */
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

interface NewToken {
  label: string;
  verbs: Verb[];
  wikis?: WikiId[] | null | undefined;
  paths?: string[] | null | undefined;
  expiresAt?: Date | null | undefined;
}

const columns = `id, label, kind, verbs, CASE kind WHEN 'wiki' THEN ARRAY[wiki_id] ELSE wikis END AS wikis, paths,
  created_at AS "createdAt", expires_at AS "expiresAt", last_used AS "lastUsedAt", prefix`;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The tokens of people and wikis. */
export class Tokens {
  constructor(private readonly given: { database: DataSource }) {}

  /** One's own, the newest first. */
  list(access: AccountAccess<'tokens.manage'>): Promise<TokenRow[]> {
    return this.given.database.query<TokenRow[]>(
      `SELECT ${columns} FROM tokens WHERE user_id = $1 AND revoked_at IS NULL ORDER BY created_at DESC, id`,
      [access.actor.userId],
    );
  }

  /** Makes a token; its secret is given this once. */
  create(access: AccountAccess<'tokens.manage'>, fields: NewToken): Promise<TokenRow & { secret: string }> {
    return this.insert(access.actor.userId, fields);
  }

  /** Makes a token for a person; for the operator. */
  async createFor(username: string, fields: NewToken): Promise<TokenRow & { secret: string }> {
    const [user] = await this.given.database.query<{ id: string }[]>('SELECT id FROM users WHERE username = $1', [
      username,
    ]);
    if (user === undefined) throw new AclError('user-not-found', `There is no person called ${username.slice(0, 40)}.`);
    return this.insert(user.id, fields);
  }

  /** Stops a token of one's own from working, at once. */
  async revoke(access: AccountAccess<'tokens.manage'>, id: string): Promise<void> {
    const [, revoked] = uuid.test(id)
      ? await this.given.database.query<[unknown, number]>(
          'UPDATE tokens SET revoked_at = now() WHERE id = $1 AND user_id = $2 AND revoked_at IS NULL',
          [id, access.actor.userId],
        )
      : [null, 0];
    if (revoked === 0) throw new AclError('token-not-found', 'You have no such token.');
  }

  /** Gives a wiki another token of its own; the one before stops working. */
  renewWikiToken(access: Access<'wiki.tokens'>): Promise<IssuedToken> {
    const { id, owner } = access.wiki;
    return this.given.database.transaction(async (manager) => {
      await manager.query('SELECT 1 FROM wikis WHERE id = $1 FOR UPDATE', [id]);
      return issueWikiToken(manager, { wikiId: id, userId: owner.id });
    });
  }

  private async insert(owner: UserId, fields: NewToken): Promise<TokenRow & { secret: string }> {
    const { verbs, wikis = null, expiresAt = null } = fields;
    if (expiresAt !== null && !(expiresAt.getTime() > Date.now())) {
      throw new AclError('expiry-not-allowed', 'A token has to expire in the future, or never.');
    }
    const label = parseDisplayName(fields.label, 'The label of a token');
    const paths = parseTokenPaths(fields.paths ?? null);
    const secret = newSecret();
    const [row] = await this.given.database.query<[TokenRow]>(
      `INSERT INTO tokens (user_id, kind, sha256, prefix, label, verbs, wikis, paths, expires_at)
       VALUES ($1, 'personal', $2, $3, $4, $5, $6, $7, $8) RETURNING ${columns}`,
      [owner, hashSecret(secret), displayPrefix(secret), label, [...new Set(verbs)], wikis, paths, expiresAt],
    );
    return { ...row, secret };
  }
}
