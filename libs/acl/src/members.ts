import type { DataSource, EntityManager } from 'typeorm';
import type { Access } from './access.js';
import { AclError } from './acl-errors.js';
import type { Role } from './actor.js';
import type { Mirror } from './mirror.js';
import type { UserId } from './wiki-ref.js';

/** A person with a role on a wiki. */
export interface MemberRow {
  username: string;
  displayName: string;
  role: Role;
  grantedBy: string | null;
  grantedAt: Date | null;
}

const everyone = `
  SELECT u.username, u.display_name AS "displayName", 'owner' AS role, NULL AS "grantedBy", w.created_at AS "grantedAt"
  FROM wikis w JOIN users u ON u.id = w.owner_id WHERE w.id = $1
  UNION ALL
  SELECT u.username, u.display_name, g.role, giver.username, g.granted_at
  FROM grants g JOIN users u ON u.id = g.user_id LEFT JOIN users giver ON giver.id = g.granted_by WHERE g.wiki_id = $1`;

/** Who has which role on a wiki. */
export class Members {
  constructor(private readonly given: { database: DataSource; mirror?: Mirror }) {}

  /** The owner first, then by name. */
  list(access: Access<'members.read'>): Promise<MemberRow[]> {
    return this.given.database.query<MemberRow[]>(
      `SELECT * FROM (${everyone}) members ORDER BY role <> 'owner', username`,
      [access.wiki.id],
    );
  }

  /** Gives a person a role, or another one. */
  async set(access: Access<'members.manage'>, username: string, role: 'editor' | 'viewer'): Promise<MemberRow> {
    const { wiki, actor } = access;
    await this.given.database.transaction(async (manager) => {
      const user = await this.requireUser(manager, username);
      if (user === wiki.owner.id)
        throw new AclError('denied', 'The owner keeps every right and cannot be given a role.');
      await checkLimit(manager, access, user);
      await manager.query(
        `INSERT INTO grants (wiki_id, user_id, role, granted_by) VALUES ($1, $2, $3, $4)
         ON CONFLICT (wiki_id, user_id) DO UPDATE SET role = $3, granted_by = $4, granted_at = now()`,
        [wiki.id, user, role, actor.userId],
      );
    });
    await this.given.mirror?.wiki(wiki.id);
    const rows = await this.given.database.query<MemberRow[]>(
      `SELECT * FROM (${everyone}) members WHERE username = $2`,
      [wiki.id, username],
    );
    return rows[0];
  }

  /** Takes the role of a person away. */
  async remove(access: Access<'members.manage'>, username: string): Promise<void> {
    const { wiki } = access;
    const user = await this.requireUser(this.given.database.manager, username);
    if (user === wiki.owner.id) throw new AclError('denied', 'The owner cannot be removed from their own wiki.');
    const [, removed] = await this.given.database.query<[unknown, number]>(
      'DELETE FROM grants WHERE wiki_id = $1 AND user_id = $2',
      [wiki.id, user],
    );
    if (removed === 0) throw new AclError('member-not-found', `${username} has no role on this wiki.`);
    await this.given.mirror?.wiki(wiki.id);
  }

  private async requireUser(manager: EntityManager, username: string): Promise<UserId> {
    const [user] = await manager.query<{ id: string }[]>('SELECT id FROM users WHERE username = $1', [
      username.replaceAll('\0', ''),
    ]);
    if (user === undefined) throw new AclError('user-not-found', `There is no person called ${username.slice(0, 40)}.`);
    return user.id;
  }
}

/** The wiki's row is locked, so that two grants at once cannot both be the last one allowed. */
async function checkLimit(manager: EntityManager, { wiki }: Access, user: UserId): Promise<void> {
  const max = wiki.limits.collaborators;
  await manager.query('SELECT 1 FROM wikis WHERE id = $1 FOR UPDATE', [wiki.id]);
  if (max === null) return;
  const [{ count }] = await manager.query<[{ count: string }]>(
    'SELECT count(*) FROM grants WHERE wiki_id = $1 AND user_id <> $2',
    [wiki.id, user],
  );
  if (Number(count) < max) return;
  const message = `This wiki may have ${max} collaborators. Remove one, or ask its owner to upgrade.`;
  throw new AclError('limit-reached', message, { limit: 'collaborators', max });
}
