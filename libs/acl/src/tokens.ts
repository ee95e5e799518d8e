import type { DataSource } from 'typeorm';
import type { AccessCache } from './access-cache.js';
import type { Access, AccountAccess } from './access.js';
import { AclError, wikiNotFound } from './acl-errors.js';
import type { Verb } from './actor.js';
import { Changes } from './changes.js';
import { parseDisplayName } from './names.js';
import { isUuid, rowOf, rowsOf } from './rows.js';
import { requireProof } from './session-proof.js';
import { insertToken, insertWikiToken, tokenColumns, type TokenRow } from './token-rows.js';
import { parseExpiry, parseVerbs } from './token-fields.js';
import { parseTokenPaths } from './token-paths.js';
import { personNamed, userNotFound } from './user-rows.js';
import type { UserId, WikiId } from './wiki-ref.js';

export type { TokenRow } from './token-rows.js';

/** What makes a new token; null or absent is no limit. */
export interface NewToken {
  label: string;
  verbs: readonly Verb[];
  wikis?: readonly WikiId[] | null | undefined;
  paths?: readonly string[] | null | undefined;
  expiresAt?: Date | null | undefined;
}

const listed = `
  SELECT ${tokenColumns} FROM tokens
  WHERE user_id = $1 AND revoked_at IS NULL
    AND (wiki_id IS NULL OR wiki_id IN (SELECT id FROM wikis WHERE state = 'active'))
  ORDER BY created_at, id`;

const visible = `
  SELECT count(*)::int AS count FROM wikis w
  WHERE w.id = ANY($2::uuid[]) AND w.state = 'active' AND (w.visibility = 'public' OR w.owner_id = $1
    OR EXISTS (SELECT 1 FROM grants g WHERE g.wiki_id = w.id AND g.user_id = $1))`;

/** The tokens by which programs act for people. */
export class Tokens {
  private readonly database: DataSource;
  private readonly changes: Changes;

  constructor({ database, cache }: { database: DataSource; cache?: AccessCache }) {
    this.database = database;
    this.changes = new Changes({ ...(cache !== undefined && { cache }) });
  }

  /** One's tokens that are not revoked, those of one's wikis among them. */
  list({ actor }: AccountAccess<'tokens.manage'>): Promise<TokenRow[]> {
    return rowsOf<TokenRow>(this.database, listed, [actor.userId]);
  }

  /**
   * Makes a token; one made with another token can do no more than that. From a browser, one that reaches all wikis or
   * administers takes a proof of not long ago: it would outlive a session that was stolen.
   */
  async create({ actor }: AccountAccess<'tokens.manage'>, wanted: NewToken): Promise<TokenRow & { secret: string }> {
    const { token, userId, session } = actor;
    const reachesFar = wanted.wikis == null || wanted.verbs.includes('admin');
    if (session !== undefined && reachesFar) await requireProof(this.database, actor);
    const more = token === null ? undefined : wanted.verbs.find((verb) => !token.verbs.includes(verb));
    if (more !== undefined) {
      const message = `A token cannot make one that may do more: the right to ${more} is missing in it.`;
      throw new AclError('scope-too-narrow', message, { verb: more });
    }
    return this.make(userId, wanted);
  }

  /** Makes a token for somebody, for the operator's own commands. */
  async createFor(username: string, wanted: NewToken): Promise<TokenRow & { secret: string }> {
    const person = await personNamed(this.database, username);
    if (person === null) throw userNotFound(username);
    return this.make(person.id, wanted);
  }

  /** Ends one of one's own tokens; all others are answered as if they were not there. */
  async revoke({ actor }: AccountAccess<'tokens.manage'>, id: string): Promise<void> {
    const sql = `UPDATE tokens SET revoked_at = now()
      WHERE id = $1 AND user_id = $2 AND revoked_at IS NULL RETURNING id`;
    const row = isUuid(id) ? await rowOf(this.database, sql, [id, actor.userId]) : null;
    if (row === null) throw new AclError('token-not-found', 'You have no such token.');
    this.changes.rights();
  }

  /** Gives a wiki a new token of its own; the one before ends with that. */
  async renewWikiToken({ wiki }: Access<'wiki.tokens'>): Promise<{ id: string; secret: string }> {
    const renewed = await this.database.transaction(async (manager) => {
      const held = `SELECT 1 FROM wikis WHERE id = $1 AND state = 'active' FOR NO KEY UPDATE`;
      if ((await rowOf(manager, held, [wiki.id])) === null) throw wikiNotFound();
      const sql = `UPDATE tokens SET revoked_at = now() WHERE wiki_id = $1 AND revoked_at IS NULL`;
      await rowsOf(manager, sql, [wiki.id]);
      return insertWikiToken(manager, wiki.owner.id, wiki.id);
    });
    this.changes.rights();
    return renewed;
  }

  private async make(user: UserId, { label, verbs, wikis, paths, expiresAt }: NewToken) {
    const token = {
      user,
      label: parseDisplayName(label, 'The label of a token'),
      verbs: parseVerbs(verbs),
      wikis: wikis == null ? null : [...new Set(wikis)],
      paths: parseTokenPaths(paths ?? null),
      expiresAt: parseExpiry(expiresAt ?? null),
    };
    await this.requireVisible(user, token.wikis);
    return insertToken(this.database, token);
  }

  private async requireVisible(user: UserId, wikis: WikiId[] | null): Promise<void> {
    if (wikis === null) return;
    if (wikis.length === 0 || !wikis.every(isUuid)) throw wikiNotFound();
    const seen = await rowOf<{ count: number }>(this.database, visible, [user, wikis]);
    if (seen?.count !== wikis.length) throw wikiNotFound();
  }
}
