import type { DataSource } from 'typeorm';
import type { Access, AccountAccess } from './access.js';
import type { Actor, Role } from './actor.js';
import { Changes, type Followers } from './changes.js';
import { ownWikis, seenWikis } from './own-wikis.js';
import type { Plans } from './plans.js';
import { rowsOf } from './rows.js';
import { WikiChanges } from './wiki-changes.js';
import { type MadeWiki, type NewWiki, WikiCreation } from './wiki-creation.js';
import { type DeletedWiki, WikiDeletion } from './wiki-deletion.js';
import type { PaymentStatus, Plan, Visibility, WikiId, WikiRef } from './wiki-ref.js';
import { wikiColumns, wikiRef, type WikiRow, wikiRow, wikiTables } from './wiki-rows.js';

export type { MadeWiki, NewWiki } from './wiki-creation.js';
export type { DeletedWiki } from './wiki-deletion.js';

/** A wiki somebody has a role on. */
export interface MyWiki {
  wiki: WikiRef;
  role: Role;
  lastAccessedAt: Date | null;
}

/** A wiki somebody may see, and what they are on it; null for whoever reads it because it is public. */
export interface SeenWiki {
  wiki: WikiRef;
  role: Role | null;
}

/** A wiki as the operator sees it, in whatever state it is. */
export interface AnyWiki {
  wiki: WikiRef;
  state: 'creating' | 'active' | 'deleted';
  deletedAt: Date | null;
}

/** What Wikis works with; `now` is the clock of deletion and restoration. */
export interface WikisOptions extends Followers {
  database: DataSource;
  plans: Plans;
  now?: () => Date;
}

const published = `
  FROM ${wikiTables} WHERE w.state = 'active' AND w.visibility = 'public'
    AND ($1::text IS NULL OR n.name = $1 OR (n.name IS NULL AND o.username = $1))`;

/** The wikis of this platform, from their creation to their erasure. */
export class Wikis {
  private readonly database: DataSource;
  private readonly plans: Plans;
  private readonly creation: WikiCreation;
  private readonly changes: WikiChanges;
  private readonly deletion: WikiDeletion;

  constructor({ database, plans, now = () => new Date(), ...followers }: WikisOptions) {
    const tables = { database, plans, now, changes: new Changes(followers) };
    this.database = database;
    this.plans = plans;
    this.creation = new WikiCreation(tables);
    this.changes = new WikiChanges(tables);
    this.deletion = new WikiDeletion(tables);
  }

  /** Makes a wiki that nobody sees until it is activated, and its own token. */
  create(access: AccountAccess<'wiki.create'>, wanted: NewWiki): Promise<MadeWiki> {
    return this.creation.create(access, wanted);
  }

  /** Opens the doors of a new wiki. */
  activate(id: WikiId): Promise<void> {
    return this.creation.activate(id);
  }

  /** Removes a half-made wiki and frees its names; one that is open already is left alone. */
  abandon(id: WikiId): Promise<void> {
    return this.creation.abandon(id);
  }

  /** Wikis whose making began before then and never ended. */
  stuck(before: Date): Promise<WikiId[]> {
    return this.creation.stuck(before);
  }

  /** The wikis an actor has a role on, as far as their token reaches. */
  async ofActor(actor: Actor): Promise<MyWiki[]> {
    const rows = await ownWikis(this.database, actor);
    return rows.map((row) => ({
      wiki: wikiRef(row, this.plans),
      role: row.role,
      lastAccessedAt: row.last_accessed,
    }));
  }

  /** The wikis of an owner that an actor may see, by name; nobody sees the public ones. */
  async ofOwner(actor: Actor, asked: { owner: string; limit: number }): Promise<SeenWiki[]> {
    const rows = await seenWikis(this.database, actor, asked);
    return rows.map((row) => ({ wiki: wikiRef(row, this.plans), role: row.role }));
  }

  /** Whether somebody has deleted wikis that can still be restored. */
  async hasRestorable({ userId, token }: Actor): Promise<boolean> {
    return userId !== null && (await this.deletion.restorable(userId, token?.wikis ?? null)).length > 0;
  }

  /** Part of the wikis that anybody may read, and how many there are; `label` keeps to those at the host of that name. */
  async published({ label, offset, limit }: { label: string | null; offset: number; limit: number }): Promise<{
    wikis: WikiRef[];
    total: number;
  }> {
    const sql = `SELECT ${wikiColumns} ${published} ORDER BY o.username, w.slug OFFSET $2 LIMIT $3`;
    const [rows, [counted]] = await Promise.all([
      rowsOf<WikiRow>(this.database, sql, [label, offset, limit]),
      rowsOf<{ count: string }>(this.database, `SELECT count(*) ${published}`, [label]),
    ]);
    return { wikis: rows.map((row) => wikiRef(row, this.plans)), total: Number(counted?.count ?? 0) };
  }

  /** The usernames of those who have wikis that anybody may read; `label` keeps to the one of that name. */
  async publishers({ label, limit }: { label: string | null; limit: number }): Promise<string[]> {
    const sql = `
      SELECT DISTINCT o.username FROM wikis w JOIN users o ON o.id = w.owner_id
      WHERE w.state = 'active' AND w.visibility = 'public' AND ($1::text IS NULL OR o.username = $1)
      ORDER BY o.username LIMIT $2`;
    const rows = await rowsOf<{ username: string }>(this.database, sql, [label, limit]);
    return rows.map(({ username }) => username);
  }

  /** Every wiki, for the operator. */
  async all(): Promise<AnyWiki[]> {
    const sql = `SELECT ${wikiColumns} FROM ${wikiTables} ORDER BY o.username, w.slug`;
    const rows = await rowsOf<WikiRow>(this.database, sql);
    return rows.map((row) => ({ wiki: wikiRef(row, this.plans), state: row.state, deletedAt: row.deleted_at }));
  }

  /** Whether there is any wiki, in whatever state it is. */
  async any(): Promise<boolean> {
    return (await rowsOf(this.database, 'SELECT 1 FROM wikis LIMIT 1')).length > 0;
  }

  /** An active wiki by its id, or null. */
  async byId(id: WikiId): Promise<WikiRef | null> {
    const row = await wikiRow(this.database, id);
    return row?.state === 'active' ? wikiRef(row, this.plans) : null;
  }

  /** Changes name and purpose. */
  describe(
    access: Access<'wiki.settings'>,
    change: { name?: string | undefined; purpose?: string | null | undefined },
  ): Promise<WikiRef> {
    return this.changes.describe(access, change);
  }

  /** Changes the slug; the old address is found no more. */
  rename(access: Access<'wiki.rename'>, slug: string): Promise<WikiRef> {
    return this.changes.rename(access, slug);
  }

  /** Makes a wiki public or private. */
  publish(access: Access<'wiki.publish'>, visibility: Visibility): Promise<WikiRef> {
    return this.changes.publish(access, visibility);
  }

  /** Gives a wiki a custom slug, or takes it away with null. */
  chooseSlug(access: Access<'wiki.slug'>, customSlug: string | null): Promise<WikiRef> {
    return this.changes.chooseSlug(access, customSlug);
  }

  /** Closes every door of a wiki at once; it can be restored for seven days. */
  remove(access: Access<'wiki.delete'>, confirmation: string): Promise<{ restorableUntil: Date }> {
    return this.deletion.remove(access, confirmation);
  }

  /** Takes a deletion back. */
  restore(access: Access<'wiki.restore'>): Promise<WikiRef> {
    return this.deletion.restore(access);
  }

  /** The own wikis that were deleted and can still be taken back, the last one first. */
  restorable({ actor }: AccountAccess<'wikis.list'>): Promise<DeletedWiki[]> {
    return this.deletion.restorable(actor.userId, actor.token?.wikis ?? null);
  }

  /** Changes what a wiki was bought as, for the operator and for billing. */
  setPlan(id: WikiId, change: { plan?: Plan; paymentStatus?: PaymentStatus }): Promise<void> {
    return this.changes.setPlan(id, change);
  }

  /** Deleted wikis whose seven days are over. */
  dueForErasure(now?: Date): Promise<WikiId[]> {
    return this.deletion.dueForErasure(now);
  }

  /** Removes every trace of a deleted wiki but its custom slug, which is kept from others for a year. */
  erase(id: WikiId): Promise<void> {
    return this.deletion.erase(id);
  }
}
