import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { AccountAccess } from './access.js';
import { AclError, wikiNotFound } from './acl-errors.js';
import { claimName } from './name-claims.js';
import { parseCustomSlug, parseDisplayName, parsePurpose, parseSlug } from './names.js';
import { rowOf, rowsOf } from './rows.js';
import { insertWikiToken } from './token-rows.js';
import { inOurWords, slugTaken } from './violations.js';
import { boughtAs, holdOwner, roomForFreeWiki } from './wiki-limits.js';
import type { Plan, UserId, Visibility, WikiId, WikiRef } from './wiki-ref.js';
import { wikiRef, wikiRow } from './wiki-rows.js';
import type { WikiTables } from './wiki-tables.js';

/** What makes a new wiki. */
export interface NewWiki {
  slug: string;
  name: string;
  purpose?: string | null | undefined;
  visibility?: Visibility | undefined;
  customSlug?: string | undefined;
  plan?: Plan | undefined;
}

/** A wiki that nobody sees yet, and its own token. */
export interface MadeWiki {
  wiki: WikiRef;
  token: { id: string; secret: string };
}

type Wanted = Omit<NewWiki, 'plan'> & ReturnType<typeof boughtAs>;

// Not an exception when the slug is there: it would end the transaction, and the sentence is the same anyway.
const insert = `
  INSERT INTO wikis (id, owner_id, slug, name, purpose, visibility, plan, payment_status)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT ON CONSTRAINT wikis_owner_slug DO NOTHING RETURNING id`;

/** Makes wikis in two steps, since the repository comes between them. */
export class WikiCreation {
  constructor(private readonly tables: WikiTables) {}

  async create({ actor }: AccountAccess<'wiki.create'>, wanted: NewWiki): Promise<MadeWiki> {
    const fields = { ...this.parsed(wanted), ...boughtAs(this.tables.plans, wanted.plan) };
    this.allowSlug(fields);
    return inOurWords(() => this.tables.database.transaction((manager) => this.make(manager, actor.userId, fields)));
  }

  async activate(id: WikiId): Promise<void> {
    const sql = `UPDATE wikis SET state = 'active' WHERE id = $1 AND state = 'creating' RETURNING id`;
    if ((await rowOf(this.tables.database, sql, [id])) === null) throw wikiNotFound();
    await this.tables.changes.wiki(id);
  }

  async abandon(id: WikiId): Promise<void> {
    await this.tables.database.transaction(async (manager) => {
      const sql = `SELECT 1 FROM wikis WHERE id = $1 AND state = 'creating' FOR NO KEY UPDATE`;
      if ((await rowOf(manager, sql, [id])) === null) return;
      // Nobody ever saw anything under these names, so there is nothing to keep them back for.
      await rowsOf(manager, 'DELETE FROM names WHERE wiki_id = $1', [id]);
      await rowsOf(manager, 'DELETE FROM wikis WHERE id = $1', [id]);
    });
    this.tables.changes.rights();
  }

  async stuck(before: Date): Promise<WikiId[]> {
    const sql = `SELECT id FROM wikis WHERE state = 'creating' AND created_at < $1 ORDER BY created_at`;
    return (await rowsOf<{ id: WikiId }>(this.tables.database, sql, [before])).map(({ id }) => id);
  }

  private async make(manager: EntityManager, owner: UserId, wanted: Wanted): Promise<MadeWiki> {
    const id = randomUUID();
    const { slug, name, purpose, visibility = 'private', customSlug, plan, paymentStatus } = wanted;
    await holdOwner(manager, owner);
    if (plan === 'free') await roomForFreeWiki(manager, owner, null);
    const values = [id, owner, slug, name, purpose, visibility, plan, paymentStatus];
    if ((await rowOf(manager, insert, values)) === null) throw slugTaken(slug);
    if (customSlug !== undefined) {
      await claimName(manager, { name: customSlug, kind: 'wiki', user: owner, wiki: id, now: this.tables.now() });
    }
    const token = await insertWikiToken(manager, owner, id);
    const row = await wikiRow(manager, id);
    if (row === null) throw wikiNotFound();
    return { wiki: wikiRef(row, this.tables.plans), token };
  }

  private parsed({ slug, name, purpose, visibility, customSlug }: NewWiki): Omit<NewWiki, 'plan'> {
    return {
      slug: parseSlug(slug),
      name: parseDisplayName(name, 'The name of a wiki'),
      purpose: parsePurpose(purpose ?? null),
      visibility,
      customSlug: customSlug === undefined ? undefined : parseCustomSlug(customSlug),
    };
  }

  private allowSlug({ customSlug, plan }: Wanted): void {
    if (customSlug === undefined || this.tables.plans.limitsOf(plan).customSlug) return;
    const message = `A custom slug is not part of the ${plan} plan. Leave it out, or take the premium plan.`;
    throw new AclError('plan-refuses', message, { limit: 'customSlug', plan });
  }
}
