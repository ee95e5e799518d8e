import type { DataSource, EntityManager } from 'typeorm';
import type { Access, AccountAccess } from './access.js';
import { AclError, wikiNotFound } from './acl-errors.js';
import type { Actor, Role } from './actor.js';
import type { Mirror } from './mirror.js';
import { claimName, releaseSlug } from './name-claims.js';
import { parseCustomSlug, parseDisplayName, parseSlug } from './names.js';
import type { Plans } from './plans.js';
import { Removals } from './removals.js';
import { refusing } from './unique-violation.js';
import { checkWikiLimit, planOf } from './wiki-limit.js';
import type { PaymentStatus, Plan, Visibility, WikiId, WikiRef } from './wiki-ref.js';
import { wikiColumns, wikiRefOf, type WikiRow, wikiTables } from './wiki-rows.js';
import { issueWikiToken } from './wiki-tokens.js';

/** A wiki someone has a role on. */
export interface MyWiki {
  wiki: WikiRef;
  role: Role;
  lastAccessedAt: Date | null;
}

interface NewWiki {
  slug: string;
  name: string;
  purpose?: string | null | undefined;
  visibility?: Visibility | undefined;
  customSlug?: string | undefined;
  plan?: Plan | undefined;
}

interface Given {
  database: DataSource;
  plans: Plans;
  mirror?: Mirror;
}

const taken = (slug: string) => () =>
  new AclError('slug-taken', `You have a wiki under the slug "${slug}"; a deleted one keeps it for 7 days.`, { slug });

/** The wikis as things one may have rights on. */
export class Wikis {
  private readonly removals: Removals;

  constructor(private readonly given: Given) {
    this.removals = new Removals(given);
  }

  /** Makes the row of a wiki, which nobody sees before it is activated, and its own token. */
  async create(access: AccountAccess<'wiki.create'>, fields: NewWiki) {
    const slug = parseSlug(fields.slug);
    const name = parseDisplayName(fields.name, 'The name of a wiki');
    const customSlug = fields.customSlug === undefined ? null : parseCustomSlug(fields.customSlug);
    const owner = access.actor.userId;
    const plan = planOf(this.given.plans, fields.plan);
    if (customSlug !== null && !this.given.plans.limitsOf(plan.plan).customSlug) throw noCustomSlug(plan.plan);
    const made = await refusing({ wikis_owner_slug: taken(slug) }, () =>
      this.given.database.transaction(async (manager) => {
        await checkWikiLimit(manager, owner, this.given.plans, plan.plan);
        const [{ id }] = await manager.query<[{ id: string }]>(
          `INSERT INTO wikis (owner_id, slug, name, purpose, visibility, plan, payment_status)
           VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
          [owner, slug, name, purposeOf(fields.purpose), fields.visibility ?? 'private', plan.plan, plan.paymentStatus],
        );
        if (customSlug !== null)
          await claimName(manager, { name: customSlug, kind: 'wiki', userId: owner, wikiId: id });
        const token = await issueWikiToken(manager, { wikiId: id, userId: owner });
        return { id, token };
      }),
    );
    return { wiki: await this.ref(made.id), token: made.token };
  }

  /** Opens a wiki whose repository is there. */
  async activate(id: WikiId): Promise<void> {
    await this.given.database.query(`UPDATE wikis SET state = 'active' WHERE id = $1 AND state = 'creating'`, [id]);
    await this.given.mirror?.wiki(id);
  }

  /** Forgets a wiki that was never opened, and frees its names. */
  async abandon(id: WikiId): Promise<void> {
    await this.given.database.transaction(async (manager) => {
      await manager.query(
        `DELETE FROM names WHERE wiki_id IN (SELECT id FROM wikis WHERE id = $1 AND state = 'creating')`,
        [id],
      );
      await manager.query(`DELETE FROM wikis WHERE id = $1 AND state = 'creating'`, [id]);
    });
  }

  /** The wikis an actor owns or has a role on, narrowed by their token; public ones of others are not among them. */
  async ofActor(actor: Actor): Promise<MyWiki[]> {
    const rows = await this.given.database.query<(WikiRow & { role: Role | null })[]>(
      `SELECT ${wikiColumns}, granted.role FROM ${wikiTables}
       LEFT JOIN grants granted ON granted.wiki_id = w.id AND granted.user_id = $1
       WHERE w.state = 'active' AND (w.owner_id = $1 OR granted.role IS NOT NULL)
         AND ($2::uuid[] IS NULL OR w.id = ANY($2::uuid[]))
       ORDER BY owner.username, w.slug`,
      [actor.userId, actor.token?.wikis ?? null],
    );
    return rows.map((row) => ({
      wiki: wikiRefOf(row, this.given.plans),
      role: row.owner_id === actor.userId ? 'owner' : (row.role ?? 'viewer'),
      lastAccessedAt: row.last_accessed,
    }));
  }

  /** Every wiki there is; for the operator. */
  async all(): Promise<{ wiki: WikiRef; state: WikiRow['state']; deletedAt: Date | null }[]> {
    const rows = await this.rows(this.given.database.manager, 'true ORDER BY owner.username, w.slug', []);
    return rows.map((row) => {
      return { wiki: wikiRefOf(row, this.given.plans), state: row.state, deletedAt: row.deleted_at };
    });
  }

  async byId(id: WikiId): Promise<WikiRef | null> {
    const [row] = await this.rows(this.given.database.manager, `w.id = $1 AND w.state = 'active'`, [id]);
    return row === undefined ? null : wikiRefOf(row, this.given.plans);
  }

  /** Changes name and purpose. */
  async describe(
    access: Access<'wiki.settings'>,
    fields: { name?: string | undefined; purpose?: string | null | undefined },
  ) {
    const name = fields.name === undefined ? null : parseDisplayName(fields.name, 'The name of a wiki');
    await this.update(access, `name = coalesce($2, name), purpose = CASE WHEN $3 THEN $4 ELSE purpose END`, [
      name,
      fields.purpose !== undefined,
      purposeOf(fields.purpose),
    ]);
    return this.ref(access.wiki.id);
  }

  /** Moves a wiki to another slug; its old address is not found from then on. */
  async rename(access: Access<'wiki.rename'>, to: string): Promise<WikiRef> {
    const slug = parseSlug(to);
    await refusing({ wikis_owner_slug: taken(slug) }, () => this.update(access, 'slug = $2', [slug]));
    return this.ref(access.wiki.id);
  }

  async publish(access: Access<'wiki.publish'>, visibility: Visibility): Promise<WikiRef> {
    await this.update(access, 'visibility = $2', [visibility]);
    return this.ref(access.wiki.id);
  }

  /** Gives a wiki an address of its own, another one, or none. */
  async chooseSlug(access: Access<'wiki.slug'>, customSlug: string | null): Promise<WikiRef> {
    const name = customSlug === null ? null : parseCustomSlug(customSlug);
    const { id, owner } = access.wiki;
    if (name !== access.wiki.customSlug) {
      await this.given.database.transaction(async (manager) => {
        await manager.query('SELECT 1 FROM wikis WHERE id = $1 FOR UPDATE', [id]);
        await releaseSlug(manager, id);
        if (name !== null) await claimName(manager, { name, kind: 'wiki', userId: owner.id, wikiId: id });
      });
      await this.given.mirror?.wiki(id);
    }
    return this.ref(id);
  }

  /** Closes every door of a wiki; it can be restored for 7 days. */
  remove(access: Access<'wiki.delete'>, confirmation: string): Promise<{ restorableUntil: Date }> {
    return this.removals.remove(access, confirmation);
  }

  /** Takes a deletion back. */
  async restore(access: Access<'wiki.restore'>): Promise<WikiRef> {
    return this.ref(await this.removals.restore(access));
  }

  /** Deleted wikis that can no longer be restored. */
  dueForErasure(now = new Date()): Promise<WikiId[]> {
    return this.removals.due(now);
  }

  /** Forgets a deleted wiki for good. */
  erase(id: WikiId): Promise<void> {
    return this.removals.erase(id);
  }

  /** Wikis that were begun before that time and never opened. */
  stuck(before: Date): Promise<WikiId[]> {
    return this.removals.stuck(before);
  }

  /** What billing or the operator decided; no access is asked for. */
  async setPlan(id: WikiId, fields: { plan?: Plan; paymentStatus?: PaymentStatus }): Promise<void> {
    await this.given.database.query(
      'UPDATE wikis SET plan = coalesce($2, plan), payment_status = coalesce($3, payment_status) WHERE id = $1',
      [id, fields.plan ?? null, fields.paymentStatus ?? null],
    );
    await this.given.mirror?.wiki(id);
  }

  private async update(access: Access, set: string, values: unknown[]): Promise<void> {
    await this.given.database.query(`UPDATE wikis SET ${set} WHERE id = $1`, [access.wiki.id, ...values]);
    await this.given.mirror?.wiki(access.wiki.id);
  }

  private async ref(id: WikiId): Promise<WikiRef> {
    const [row] = await this.rows(this.given.database.manager, 'w.id = $1', [id]);
    if (row === undefined) throw wikiNotFound();
    return wikiRefOf(row, this.given.plans);
  }

  private rows(manager: EntityManager, where: string, parameters: unknown[]): Promise<WikiRow[]> {
    return manager.query<WikiRow[]>(`SELECT ${wikiColumns} FROM ${wikiTables} WHERE ${where}`, parameters);
  }
}

function purposeOf(text: string | null | undefined): string | null {
  const purpose = text?.replace(/[\p{Cs}\0]/gu, '\uFFFD').trim() ?? '';
  return purpose === '' ? null : purpose;
}

const noCustomSlug = (plan: Plan) =>
  new AclError('plan-refuses', `A custom slug is not part of the ${plan} plan.`, { limit: 'customSlug', plan });
