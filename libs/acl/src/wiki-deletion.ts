import type { EntityManager } from 'typeorm';
import type { Access } from './access.js';
import { AclError, wikiNotFound } from './acl-errors.js';
import { releaseSlug } from './name-claims.js';
import { rowOf, rowsOf } from './rows.js';
import { holdOwner, roomForFreeWiki } from './wiki-limits.js';
import type { UserId, WikiId, WikiRef } from './wiki-ref.js';
import { wikiColumns, wikiRef, type WikiRow, wikiRow, wikiTables } from './wiki-rows.js';
import type { WikiTables } from './wiki-tables.js';

/** A deleted wiki that its owner can take back. */
export interface DeletedWiki {
  wiki: WikiRef;
  deletedAt: Date;
  restorableUntil: Date;
}

const restorableMs = 7 * 24 * 60 * 60 * 1000;
const untilOf = (deletedAt: Date) => new Date(deletedAt.getTime() + restorableMs);

const own = `
  SELECT ${wikiColumns} FROM ${wikiTables}
  WHERE w.owner_id = $1 AND w.state = 'deleted' AND w.deleted_at > $2 AND ($3::uuid[] IS NULL OR w.id = ANY($3))
  ORDER BY w.deleted_at DESC, w.slug`;

/** Takes wikis out of sight, brings them back within seven days, and erases them after that. */
export class WikiDeletion {
  constructor(private readonly tables: WikiTables) {}

  async remove({ wiki }: Access, confirmation: string): Promise<{ restorableUntil: Date }> {
    const expected = `${wiki.owner.username}/${wiki.slug}`;
    if (confirmation !== expected) {
      throw new AclError('confirmation-mismatch', `To delete this wiki, type "${expected}".`, { expected });
    }
    const now = this.tables.now();
    const sql = `UPDATE wikis SET state = 'deleted', deleted_at = $2 WHERE id = $1 AND state = 'active' RETURNING id`;
    if ((await rowOf(this.tables.database, sql, [wiki.id, now])) === null) throw wikiNotFound();
    await this.tables.changes.wiki(wiki.id);
    return { restorableUntil: untilOf(now) };
  }

  async restore({ wiki }: Access): Promise<WikiRef> {
    const ref = await this.tables.database.transaction((manager) => this.bringBack(manager, wiki));
    await this.tables.changes.wiki(wiki.id);
    return ref;
  }

  async restorable(owner: UserId, only: readonly WikiId[] | null): Promise<DeletedWiki[]> {
    const since = new Date(this.tables.now().getTime() - restorableMs);
    const rows = await rowsOf<WikiRow & { deleted_at: Date }>(this.tables.database, own, [owner, since, only]);
    return rows.map((row) => ({
      wiki: wikiRef(row, this.tables.plans),
      deletedAt: row.deleted_at,
      restorableUntil: untilOf(row.deleted_at),
    }));
  }

  async dueForErasure(now = this.tables.now()): Promise<WikiId[]> {
    const sql = `SELECT id FROM wikis WHERE state = 'deleted' AND deleted_at <= $1 ORDER BY deleted_at`;
    const rows = await rowsOf<{ id: WikiId }>(this.tables.database, sql, [new Date(now.getTime() - restorableMs)]);
    return rows.map(({ id }) => id);
  }

  async erase(id: WikiId): Promise<void> {
    const owner = await this.tables.database.transaction((manager) => this.eraseRow(manager, id));
    await this.tables.changes.wiki(id);
    if (owner !== null) await this.tables.changes.user(owner);
  }

  private async bringBack(manager: EntityManager, { id, owner }: WikiRef): Promise<WikiRef> {
    await holdOwner(manager, owner.id);
    const row = await this.held(manager, id);
    const since = this.tables.now().getTime() - restorableMs;
    if (row?.state !== 'deleted' || row.deleted_at === null || row.deleted_at.getTime() <= since) {
      throw new AclError('not-restorable', 'A wiki can be restored for seven days after its deletion; they are over.');
    }
    if (this.tables.plans.billing === 'on' && row.plan === 'free') await roomForFreeWiki(manager, owner.id, id);
    await rowsOf(manager, `UPDATE wikis SET state = 'active', deleted_at = NULL WHERE id = $1`, [id]);
    return wikiRef(row, this.tables.plans);
  }

  /** Erasing twice is nothing the second time; erasing what is in use is refused. */
  private async eraseRow(manager: EntityManager, id: WikiId): Promise<UserId | null> {
    const row = await this.held(manager, id);
    if (row === null) return null;
    if (row.state !== 'deleted') throw new AclError('denied', 'Only a deleted wiki can be erased.');
    await releaseSlug(manager, id, this.tables.now());
    await rowsOf(manager, 'DELETE FROM wikis WHERE id = $1', [id]);
    return row.owner_id;
  }

  private async held(manager: EntityManager, id: WikiId): Promise<WikiRow | null> {
    await rowOf(manager, 'SELECT 1 FROM wikis WHERE id = $1 FOR NO KEY UPDATE', [id]);
    return wikiRow(manager, id);
  }
}
