import type { EntityManager } from 'typeorm';
import type { Access } from './access.js';
import { wikiNotFound } from './acl-errors.js';
import { claimName, releaseSlug } from './name-claims.js';
import { parseCustomSlug, parseDisplayName, parsePurpose, parseSlug } from './names.js';
import { type Queryable, rowOf } from './rows.js';
import { inOurWords } from './violations.js';
import { paymentOf } from './wiki-limits.js';
import type { PaymentStatus, Plan, Visibility, WikiId, WikiRef } from './wiki-ref.js';
import { wikiRef, wikiRow } from './wiki-rows.js';
import type { WikiTables } from './wiki-tables.js';

type Columns = Partial<
  Record<'name' | 'purpose' | 'slug' | 'visibility' | 'plan' | 'payment_status', string | null | undefined>
>;

/** Changes what a wiki is called, where it is found and what it was bought as. */
export class WikiChanges {
  constructor(private readonly tables: WikiTables) {}

  async describe({ wiki }: Access, change: { name?: string | undefined; purpose?: string | null | undefined }) {
    const { name, purpose } = change;
    return this.update(wiki.id, {
      name: name === undefined ? undefined : parseDisplayName(name, 'The name of a wiki'),
      purpose: purpose === undefined ? undefined : parsePurpose(purpose),
    });
  }

  async rename({ wiki }: Access, slug: string): Promise<WikiRef> {
    return this.update(wiki.id, { slug: parseSlug(slug) });
  }

  async publish({ wiki }: Access, visibility: Visibility): Promise<WikiRef> {
    return this.update(wiki.id, { visibility });
  }

  async setPlan(id: WikiId, { plan, paymentStatus }: { plan?: Plan; paymentStatus?: PaymentStatus }): Promise<void> {
    const status = paymentStatus ?? (plan === undefined ? undefined : paymentOf(plan));
    await this.update(id, { plan, payment_status: status });
  }

  async chooseSlug({ wiki }: Access, wanted: string | null): Promise<WikiRef> {
    const customSlug = wanted === null ? null : parseCustomSlug(wanted);
    const ref = await inOurWords(() =>
      this.tables.database.transaction((manager) => this.exchangeSlug(manager, wiki, customSlug)),
    );
    await this.tables.changes.user(ref.owner.id);
    await this.tables.changes.wiki(ref.id);
    return ref;
  }

  private async exchangeSlug(manager: EntityManager, { id, owner }: WikiRef, wanted: string | null): Promise<WikiRef> {
    const now = this.tables.now();
    await rowOf(manager, 'SELECT 1 FROM wikis WHERE id = $1 FOR NO KEY UPDATE', [id]);
    const before = await this.activeRef(manager, id);
    if (before.customSlug === wanted) return before;
    await releaseSlug(manager, id, now);
    if (wanted !== null) await claimName(manager, { name: wanted, kind: 'wiki', user: owner.id, wiki: id, now });
    return this.activeRef(manager, id);
  }

  /** Sets the columns that have a value, and answers with the wiki as it is then. */
  private async update(id: WikiId, columns: Columns): Promise<WikiRef> {
    const given = Object.entries(columns).filter(([, value]) => value !== undefined);
    if (given.length > 0) {
      const setting = given.map(([column], place) => `${column} = $${place + 2}`).join(', ');
      const sql = `UPDATE wikis SET ${setting} WHERE id = $1 AND state = 'active' RETURNING id`;
      const values = [id, ...given.map(([, value]) => value)];
      if ((await inOurWords(() => rowOf(this.tables.database, sql, values))) === null) throw wikiNotFound();
      await this.tables.changes.wiki(id);
    }
    return this.activeRef(this.tables.database, id);
  }

  private async activeRef(database: Queryable, id: WikiId): Promise<WikiRef> {
    const row = await wikiRow(database, id);
    if (row?.state !== 'active') throw wikiNotFound();
    return wikiRef(row, this.tables.plans);
  }
}
