import type { DataSource, EntityManager } from 'typeorm';
import type { Access } from './access.js';
import { makeInvitationLink } from './account-links.js';
import { AclError } from './acl-errors.js';
import { parseEmail } from './email.js';
import { type Invitations, type InvitationTerms, type MadeInvitation, requireDays } from './invitations.js';
import { type Asking, mayMail } from './mail-limits.js';
import type { MemberRow, Members } from './members.js';
import type { Outbox } from './outbox.js';
import { isUuid, rowOf, rowsOf } from './rows.js';
import type { WikiRef } from './wiki-ref.js';

/** An invitation to a wiki that nobody has accepted yet. */
export interface OpenInvitation {
  id: string;
  /** Whom it was made for; null for a link that is passed on. */
  email: string | null;
  role: 'editor' | 'viewer';
  by: string | null;
  createdAt: Date;
  expiresAt: Date;
}

/** What came of asking somebody in: a member, or an invitation with the secret of its link, shown this once. */
export type Invited =
  { member: MemberRow; invitation: null } | { member: null; invitation: OpenInvitation; secret: string };

interface Wanted extends Omit<InvitationTerms, 'email'> {
  /** A username, an e-mail address, or nothing for a link that is passed on. */
  login: string;
}

const open = 'i.wiki_id = $1 AND i.used_at IS NULL AND i.expires_at > now()';

const list = `
  SELECT i.id, i.email, i.role, u.username AS by, i.created_at AS "createdAt", i.expires_at AS "expiresAt"
  FROM invitations i LEFT JOIN users u ON u.id = i.invited_by WHERE ${open} ORDER BY i.created_at DESC, i.id`;

const renew = `
  UPDATE invitations i SET email = $2, role = $3, expires_at = now() + make_interval(days => $4), invited_by = $5
  WHERE ${open} AND lower(i.email) = lower($2) RETURNING i.id, i.created_at AS "createdAt", i.expires_at AS "expiresAt"`;

/** So many invitations of a wiki may wait at once. */
const most = 100;

/**
 * How the owner of a wiki asks others in. Usernames are no secret, so who has one gets the role at once, and of one that
 * nobody has that is said. Whether an e-mail address has an account is one: it gets an invitation in any case, made, shown,
 * listed and sent in the same way, and nothing is looked up for it.
 */
export class WikiInvitations {
  constructor(
    private readonly given: {
      database: DataSource;
      members: Members;
      invitations: Invitations;
      outbox: Outbox;
      /** Whether mails reach people; where not, the owner passes links on. */
      hasMail: boolean;
    },
  ) {}

  /** Gives a role to a person by their username, or makes a link by which one person gets it. */
  async invite(access: Access<'members.manage'>, wanted: Wanted, asking: Asking): Promise<Invited> {
    const { role, days } = wanted;
    const login = wanted.login.trim();
    if (login !== '' && login.indexOf('@') < 1) {
      return { member: await this.given.members.set(access, login.replace(/^@/, ''), role), invitation: null };
    }
    const email = login === '' ? null : parseEmail(login);
    const mails = email !== null && this.given.hasMail && (await mayMail(this.given.database, email, asking));
    const language = mails ? asking.language : null;
    const { secret, ...made } = await this.given.database.transaction((manager) =>
      this.make(manager, access, { role, days, email }, language),
    );
    this.given.outbox.announce();
    const { id, createdAt, expiresAt } = made;
    return {
      ...{ member: null, secret },
      invitation: { id, email, role, by: access.actor.username, createdAt, expiresAt },
    };
  }

  /** The invitations that nobody has accepted yet, the newest first. */
  list({ wiki }: Access<'members.manage'>): Promise<OpenInvitation[]> {
    return rowsOf<OpenInvitation>(this.given.database, list, [wiki.id]);
  }

  /** Ends an invitation before it is accepted. */
  async revoke({ wiki }: Access<'members.manage'>, id: string): Promise<void> {
    const sql = `DELETE FROM invitations i WHERE ${open} AND i.id::text = $2 RETURNING i.id`;
    const isThere = isUuid(id) && (await rowOf(this.given.database, sql, [wiki.id, id.toLowerCase()])) !== null;
    if (!isThere) throw new AclError('invitation-not-found', 'There is no such invitation, or it was accepted.');
  }

  private async make(
    manager: EntityManager,
    access: Access<'members.manage'>,
    terms: InvitationTerms & { email: string | null },
    language: string | null,
  ): Promise<MadeInvitation> {
    await this.given.members.requireRoom(manager, access);
    const again = await renewed(manager, access, terms);
    const made = again ?? (await this.given.invitations.toWiki(access, terms, manager));
    if (again === null) await requireFew(manager, access.wiki);
    if (language !== null) {
      await this.given.outbox.put(manager, { kind: 'invitation', invitation: made.id, language });
    }
    return made;
  }
}

/** Who is invited once more has one invitation, as it was made last; the links to it stay good, and there is one more. */
async function renewed(
  manager: EntityManager,
  { wiki, actor }: Access<'members.manage'>,
  { role, days, email }: InvitationTerms & { email: string | null },
): Promise<MadeInvitation | null> {
  requireDays(days);
  if (email === null) return null;
  const row = await rowOf<Omit<MadeInvitation, 'secret'>>(manager, renew, [wiki.id, email, role, days, actor.userId]);
  return row === null ? null : { ...row, secret: await makeInvitationLink(manager, row.id) };
}

async function requireFew(manager: EntityManager, { id }: WikiRef): Promise<void> {
  const sql = `SELECT count(*)::int AS count FROM invitations i WHERE ${open}`;
  const row = await rowOf<{ count: number }>(manager, sql, [id]);
  if ((row?.count ?? 0) <= most) return;
  const message = `${most} invitations to this wiki wait to be accepted. Revoke some of them first.`;
  throw new AclError('limit-reached', message, { limit: 'invitations', max: most });
}
