import type { DataSource } from 'typeorm';
import type { Access } from './access.js';
import { AclError } from './acl-errors.js';
import type { Mirror } from './mirror.js';
import { releaseSlug } from './name-claims.js';
import type { WikiId } from './wiki-ref.js';

const restorableDays = 7;

/** Deletes wikis in two steps: out of sight at once, erased when they can no longer be restored. */
export class Removals {
  constructor(private readonly given: { database: DataSource; mirror?: Mirror }) {}

  /** Closes every door of a wiki; `confirmation` is its owner and slug, typed. */
  async remove(access: Access<'wiki.delete'>, confirmation: string): Promise<{ restorableUntil: Date }> {
    const { id, owner, slug } = access.wiki;
    const name = `${owner.username}/${slug}`;
    if (confirmation !== name) {
      throw new AclError('confirmation-mismatch', `Type "${name}" to confirm that this wiki is to be deleted.`);
    }
    const [row] = await this.given.database.query<{ deleted_at: Date }[][]>(
      `UPDATE wikis SET state = 'deleted', deleted_at = now() WHERE id = $1 AND state = 'active' RETURNING deleted_at`,
      [id],
    );
    await this.given.mirror?.wiki(id);
    const deletedAt = row?.[0]?.deleted_at ?? new Date();
    return { restorableUntil: new Date(deletedAt.getTime() + restorableDays * 86_400_000) };
  }

  /** Takes a deletion back; whoever waited too long has nothing to restore. */
  async restore(access: Access<'wiki.restore'>): Promise<WikiId> {
    const [rows] = await this.given.database.query<{ id: string }[][]>(
      `UPDATE wikis SET state = 'active', deleted_at = NULL
       WHERE id = $1 AND state = 'deleted' AND deleted_at > now() - make_interval(days => $2) RETURNING id`,
      [access.wiki.id, restorableDays],
    );
    if (rows?.[0] === undefined) throw new AclError('not-restorable', 'This wiki was deleted too long ago.');
    await this.given.mirror?.wiki(access.wiki.id);
    return access.wiki.id;
  }

  /** Deleted wikis whose time is up. */
  async due(now: Date): Promise<WikiId[]> {
    return this.ids(
      `state = 'deleted' AND deleted_at <= $1::timestamptz - make_interval(days => ${restorableDays})`,
      now,
    );
  }

  /** Wikis that were begun and never opened. */
  async stuck(before: Date): Promise<WikiId[]> {
    return this.ids(`state = 'creating' AND created_at < $1`, before);
  }

  /** Forgets a deleted wiki for good; its custom slug stays kept from other people for a year. */
  async erase(id: WikiId): Promise<void> {
    await this.given.database.transaction(async (manager) => {
      await releaseSlug(manager, id);
      await manager.query(`DELETE FROM wikis WHERE id = $1 AND state = 'deleted'`, [id]);
    });
  }

  private async ids(where: string, time: Date): Promise<WikiId[]> {
    const rows = await this.given.database.query<{ id: string }[]>(`SELECT id FROM wikis WHERE ${where}`, [time]);
    return rows.map(({ id }) => id);
  }
}
