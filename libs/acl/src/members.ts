import type { DataSource, EntityManager } from 'typeorm';
import type { Access } from './access.js';
import { AclError, wikiNotFound } from './acl-errors.js';
import type { Role } from './actor.js';
import { Changes, type Followers } from './changes.js';
import type { Plans } from './plans.js';
import { rowOf, rowsOf } from './rows.js';
import { personNamed, userNotFound } from './user-rows.js';
import type { UserId, WikiRef } from './wiki-ref.js';

/** Somebody with a role on a wiki; nobody granted the owner's. */
export interface MemberRow {
  username: string;
  displayName: string;
  role: Role;
  grantedBy: string | null;
  grantedAt: Date | null;
}

const granted = `
  SELECT u.username, u.display_name AS "displayName", g.role, b.username AS "grantedBy", g.granted_at AS "grantedAt"
  FROM grants g JOIN users u ON u.id = g.user_id LEFT JOIN users b ON b.id = g.granted_by
  WHERE g.wiki_id = $1 AND ($2::uuid IS NULL OR g.user_id = $2) ORDER BY u.username`;

const grant = `
  INSERT INTO grants (wiki_id, user_id, role, granted_by) VALUES ($1, $2, $3, $4)
  ON CONFLICT (wiki_id, user_id) DO UPDATE SET role = $3, granted_by = $4, granted_at = now()
    WHERE grants.role <> $3`;

/** Who has which role on a wiki. */
export class Members {
  private readonly database: DataSource;
  private readonly plans: Plans | undefined;
  private readonly changes: Changes;

  constructor({ database, plans, ...followers }: { database: DataSource; plans?: Plans } & Followers) {
    this.database = database;
    this.plans = plans;
    this.changes = new Changes(followers);
  }

  /** The owner, and then the others by name. */
  async list({ wiki }: Access<'members.read'>): Promise<MemberRow[]> {
    const sql = `SELECT username, display_name AS "displayName", 'owner' AS role, NULL AS "grantedBy",
      NULL AS "grantedAt" FROM users WHERE id = $1`;
    const [owners, others] = await Promise.all([
      rowsOf<MemberRow>(this.database, sql, [wiki.owner.id]),
      rowsOf<MemberRow>(this.database, granted, [wiki.id, null]),
    ]);
    return [...owners, ...others];
  }

  /** Gives somebody a role, or another one. */
  async set(access: Access<'members.manage'>, username: string, role: 'editor' | 'viewer') {
    const { wiki } = access;
    const user = await this.other(wiki, username);
    const row = await this.database.transaction(async (manager) => {
      await this.admit(manager, access, { user, role });
      return rowOf<MemberRow>(manager, granted, [wiki.id, user]);
    });
    if (row === null) throw userNotFound(username);
    await this.changes.wiki(wiki.id);
    return row;
  }

  /** Gives a role in a transaction of the caller, who tells of the change after it. */
  async admit(
    manager: EntityManager,
    { actor, wiki }: Access<'members.manage'>,
    { user, role }: { user: UserId; role: 'editor' | 'viewer' },
  ): Promise<void> {
    await hold(manager, wiki);
    await this.roomFor(manager, wiki, user);
    await rowsOf(manager, grant, [wiki.id, user, role, actor.userId]);
  }

  /** Refuses when nobody else can get a role, in a transaction of the caller, for which the wiki is held. */
  async requireRoom(manager: EntityManager, { wiki }: Access<'members.manage'>): Promise<void> {
    await hold(manager, wiki);
    await this.roomFor(manager, wiki, null);
  }

  /** Takes the role of somebody away. */
  async remove({ wiki }: Access<'members.manage'>, username: string): Promise<void> {
    await this.take(wiki, await this.other(wiki, username), username);
  }

  /** Gives the own role back. */
  async leave({ wiki, actor }: Access<'members.leave'>): Promise<void> {
    const { userId, username } = actor;
    if (userId === null || username === null) throw new AclError('denied', 'Only a person leaves a wiki.');
    await this.take(wiki, userId, username);
  }

  private async take(wiki: WikiRef, user: UserId, username: string): Promise<void> {
    const sql = 'DELETE FROM grants WHERE wiki_id = $1 AND user_id = $2 RETURNING user_id';
    if ((await rowOf(this.database, sql, [wiki.id, user])) === null) {
      throw new AclError('member-not-found', `${username} has no role on this wiki.`, { username });
    }
    await this.changes.wiki(wiki.id);
  }

  private async other({ owner }: WikiRef, username: string): Promise<UserId> {
    const person = await personNamed(this.database, username);
    if (person === null) throw userNotFound(username);
    if (person.id !== owner.id) return person.id;
    throw new AclError('denied', `${username} owns this wiki; the role of its owner cannot be given or taken.`);
  }

  private async roomFor(manager: EntityManager, { id, plan, limits }: WikiRef, user: UserId | null): Promise<void> {
    const max = limits.collaborators;
    if (max === null) return;
    const sql = `SELECT count(*)::int AS count, coalesce(bool_or(user_id = $2), false) AS known
      FROM grants WHERE wiki_id = $1`;
    const row = await rowOf<{ count: number; known: boolean }>(manager, sql, [id, user]);
    // Someone who has a role already may get another one, however full the wiki is.
    if (row === null || row.known || row.count < max) return;
    const message = `This wiki has ${row.count} collaborators, and ${this.wayOut(plan, max)}`;
    throw new AclError('limit-reached', message, { limit: 'collaborators', max });
  }

  private wayOut(plan: string, max: number): string {
    if (this.plans?.billing !== 'on')
      return `the operator of this server allows ${max}. Take the role of another away.`;
    return `the ${plan} plan allows ${max}. Take the role of another away, or upgrade the wiki to premium.`;
  }
}

/** Holds the wiki until the end of the transaction, so that two grants at once are counted one after the other. */
async function hold(manager: EntityManager, { id }: WikiRef): Promise<void> {
  const row = await rowOf(manager, `SELECT 1 FROM wikis WHERE id = $1 AND state = 'active' FOR NO KEY UPDATE`, [id]);
  if (row === null) throw wikiNotFound();
}
