import type { DataSource, EntityManager } from 'typeorm';
import { newLinkSecret } from './account-links.js';
import type { Access } from './access.js';
import type { Acl } from './acl.js';
import { AclError, linkNotValid } from './acl-errors.js';
import type { SignedInActor } from './actor.js';
import type { Actors } from './actors.js';
import { Changes, type Followers } from './changes.js';
import type { Members } from './members.js';
import { type Queryable, rowOf, rowsOf } from './rows.js';
import { hashSecret } from './secrets.js';
import type { UserId, WikiId, WikiRef } from './wiki-ref.js';

/** An invitation that is still good. */
export interface Invitation {
  id: string;
  /** What it gives beside an account: a role on a wiki. */
  grant: { wiki: WikiId; name: string; role: 'editor' | 'viewer'; by: string } | null;
  /** Whether it is the way to the first account, which operates the platform. It is good as long as there is none. */
  isFirst: boolean;
}

/** A new invitation; its secret is shown this once. */
export interface MadeInvitation {
  id: string;
  secret: string;
  createdAt: Date;
  expiresAt: Date;
}

/** What an invitation to a wiki gives, for how long, and whom it is for, where that is known. */
export interface InvitationTerms {
  role: 'editor' | 'viewer';
  days: number;
  email?: string | null;
}

interface InvitationRow {
  id: string;
  isFirst: boolean;
  wiki: WikiId | null;
  name: string | null;
  role: 'editor' | 'viewer' | null;
  by: string | null;
}

const insert = `
  INSERT INTO invitations (sha256, wiki_id, role, is_first, invited_by, email, expires_at)
  VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(days => $7))
  RETURNING id, created_at AS "createdAt", expires_at AS "expiresAt"`;

const good = `
  SELECT i.id, i.is_first AS "isFirst", i.wiki_id AS wiki, w.name, i.role, u.username AS by
  FROM invitations i LEFT JOIN wikis w ON w.id = i.wiki_id LEFT JOIN users u ON u.id = i.invited_by
  WHERE (i.sha256 = $1 OR i.id::text = $2
      OR i.id = (SELECT invitation_id FROM invitation_links WHERE sha256 = $1)) AND i.used_at IS NULL AND i.expires_at > now()
    AND (NOT i.is_first OR NOT EXISTS (SELECT 1 FROM users))
    AND (i.wiki_id IS NULL OR (w.state = 'active' AND u.suspended_at IS NULL))`;

const longestDays = 90;

/** Links by which people are let in: each is good once and for some days, and we keep its hash alone. */
export class Invitations {
  private readonly changes: Changes;

  constructor(
    private readonly given: { database: DataSource; acl: Acl; actors: Actors; members: Members } & Followers,
  ) {
    this.changes = new Changes(given);
  }

  /** Invites somebody to this platform, for the operator's own commands. */
  toPlatform({ days }: { days: number }): Promise<MadeInvitation> {
    return this.insert([null, null, false, null, null], days);
  }

  /** Invites whoever reads the console of a new server to make its first account. */
  toFirstAccount(): Promise<MadeInvitation> {
    return this.insert([null, null, true, null, null], 1);
  }

  /** Invites somebody to a wiki: who has no account yet can make one with it. */
  async toWiki(
    { actor, wiki }: Access<'members.manage'>,
    { days, role, email = null }: InvitationTerms,
    database: Queryable = this.given.database,
  ): Promise<MadeInvitation> {
    if (actor.userId === null) throw new AclError('denied', 'Only a person invites to a wiki.');
    return this.insert([wiki.id, role, false, actor.userId, email], days, database);
  }

  /** What a link invites to, or a refusal that is the same for all that are not good. */
  async read(secret: string): Promise<Invitation> {
    const row = await rowOf<InvitationRow>(this.given.database, good, [hashSecret(secret), null]);
    if (row === null) throw linkNotValid();
    return invitationOf(row);
  }

  /** The same by the id that an account which waits to be confirmed holds. */
  async withId(id: string): Promise<Invitation> {
    const row = await rowOf<InvitationRow>(this.given.database, good, [null, id]);
    if (row === null) throw linkNotValid();
    return invitationOf(row);
  }

  /** Gives somebody who has an account the role that an invitation is for; one who has a higher one keeps it. */
  async accept(actor: SignedInActor, secret: string): Promise<WikiRef> {
    const invitation = await this.read(secret);
    const access = await this.accessOf(invitation);
    if (access === null) throw linkNotValid();
    if (access.wiki.owner.id === actor.userId) return access.wiki;
    await this.given.database.transaction((manager) => this.use(manager, invitation, { user: actor.userId, access }));
    await this.changes.wiki(access.wiki.id);
    return access.wiki;
  }

  /** The right of whoever invited, as they have it now; null for an invitation to the platform alone. */
  async accessOf({ grant }: Invitation): Promise<Access<'members.manage'> | null> {
    if (grant === null) return null;
    const { acl, actors } = this.given;
    try {
      return await acl.require('members.manage', await actors.byUsername(grant.by, 'web'), { id: grant.wiki });
    } catch (error) {
      throw error instanceof AclError ? linkNotValid() : error;
    }
  }

  /** Uses an invitation up for an account, and gives what it is for, in a transaction of the caller. */
  async use(
    manager: EntityManager,
    { id, grant, isFirst }: Invitation,
    { user, access }: { user: UserId; access: Access<'members.manage'> | null },
  ): Promise<void> {
    // Whom it was sent to is of no use any more.
    const sql = `UPDATE invitations SET used_at = now(), used_by = $2, email = NULL
      WHERE id = $1 AND used_at IS NULL AND expires_at > now() RETURNING id`;
    if ((await rowOf(manager, sql, [id, user])) === null) throw linkNotValid();
    if (isFirst) await requireFirst(manager, user);
    if (grant === null || access === null) return;
    if (grant.role === 'viewer' && (await isMember(manager, grant.wiki, user))) return;
    await this.given.members.admit(manager, access, { user, role: grant.role });
  }

  private async insert(
    fields: unknown[],
    days: number,
    database: Queryable = this.given.database,
  ): Promise<MadeInvitation> {
    requireDays(days);
    const secret = newLinkSecret();
    await rowsOf(database, `DELETE FROM invitations WHERE expires_at < now() - interval '30 days'`);
    const row = await rowOf<Omit<MadeInvitation, 'secret'>>(database, insert, [hashSecret(secret), ...fields, days]);
    if (row === null) throw new Error('No invitation was made.');
    return { ...row, secret };
  }
}

/** Refuses a time for which no invitation is good. */
export function requireDays(days: number): void {
  if (Number.isInteger(days) && days >= 1 && days <= longestDays) return;
  throw new AclError('expiry-not-allowed', `An invitation is good for 1 to ${longestDays} days.`);
}

/** Of two who make the first account at once, one does. */
async function requireFirst(manager: EntityManager, user: UserId): Promise<void> {
  await rowsOf(manager, `SELECT pg_advisory_xact_lock(hashtextextended('first account', 0))`);
  if ((await rowOf(manager, 'SELECT 1 FROM users WHERE id <> $1', [user])) !== null) throw linkNotValid();
}

async function isMember(database: Queryable, wiki: WikiId, user: UserId): Promise<boolean> {
  const sql = 'SELECT 1 FROM grants WHERE wiki_id = $1 AND user_id = $2';
  return (await rowOf(database, sql, [wiki, user])) !== null;
}

function invitationOf({ id, isFirst, wiki, name, role, by }: InvitationRow): Invitation {
  const isWhole = wiki !== null && name !== null && role !== null && by !== null;
  return { id, isFirst, grant: isWhole ? { wiki, name, role, by } : null };
}
