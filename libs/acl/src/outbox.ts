import type { DataSource } from 'typeorm';
import { linkHours, makeInvitationLink, makeLink } from './account-links.js';
import { type Queryable, rowOf, rowsOf } from './rows.js';
import type { UserId } from './wiki-ref.js';

/** What a mail is about. */
type MailKind = 'sign-up' | 'email' | 'password' | 'email-changed' | 'password-changed' | 'invitation';

/** A mail that is to be written: about an account, or one that is to be made, to an address or to that of the account. */
export interface MailWanted {
  kind: MailKind;
  user?: UserId | null;
  signUp?: string;
  invitation?: string;
  email?: string | null;
  /** The language that it is written in. */
  language: string;
}

/** A mail that is ready to go. */
export interface Letter {
  id: string;
  /** Whoever has an account is told so instead of getting a second one under the same address. */
  kind: MailKind | 'has-account';
  /** Null where the account has no address. */
  to: string | null;
  /** Whose account it is about; of an invitation, who invites. */
  username: string;
  /** Of an invitation: the wiki, as `owner/slug`. */
  wiki?: string;
  language: string;
  /** The secret of the link in it, and for how many hours that is good. */
  link: { secret: string; hours: number } | null;
  /** How often it was tried, this time among them. */
  attempts: number;
}

interface MailRow {
  id: string;
  kind: MailKind;
  user: UserId | null;
  signUp: string | null;
  invitation: string | null;
  email: string | null;
  language: string;
  attempts: number;
}

/** A row about an account. */
type AccountRow = Omit<MailRow, 'signUp' | 'invitation'>;

interface Account {
  id: UserId;
  username: string;
  email: string | null;
}

const leaseMinutes = 5;
/** After so long nobody waits for it any more. */
const giveUpHours = 24;

const put = `
  INSERT INTO mails (kind, user_id, sign_up_id, invitation_id, email, language) VALUES ($1, $2, $3, $4, $5, $6)`;

const claim = `
  UPDATE mails SET attempts = attempts + 1, due_at = now() + interval '${leaseMinutes} minutes'
  WHERE id = (SELECT id FROM mails WHERE due_at <= now() ORDER BY due_at FOR UPDATE SKIP LOCKED LIMIT 1)
  RETURNING id, kind, user_id AS user, sign_up_id AS "signUp", invitation_id AS invitation, email, language, attempts`;

const account = 'SELECT id, username, email FROM users WHERE suspended_at IS NULL AND';

/**
 * Mails that wait to be sent. No secret waits with them: a link is made when its mail goes, so it is good from then on,
 * and nothing that a request does tells whether there is an account.
 */
export class Outbox {
  private wake = () => {};

  constructor(private readonly database: DataSource) {}

  /** Calls when there may be mails to send; what is missed so is found by looking now and then. */
  onWaiting(wake: () => void): void {
    this.wake = wake;
  }

  /** Puts a mail to the others, with what else the transaction does; `announce` after it. */
  async put(database: Queryable, { kind, user, signUp, invitation, email, language }: MailWanted): Promise<void> {
    await rowsOf(database, put, [kind, user ?? null, signUp ?? null, invitation ?? null, email ?? null, language]);
  }

  announce(): void {
    this.wake();
  }

  /** The next mail that is due, for whoever asks alone; null when there is none. */
  async next(): Promise<Letter | null> {
    for (;;) {
      const claimed = await this.database.transaction(async (manager) => {
        const row = await rowOf<MailRow>(manager, claim);
        return row === null ? null : { row, letter: await this.written(manager, row) };
      });
      if (claimed === null || claimed.letter !== null) return claimed?.letter ?? null;
      await this.done(claimed.row.id);
    }
  }

  /** It went, or never will. */
  async done(id: string): Promise<void> {
    await rowsOf(this.database, 'DELETE FROM mails WHERE id = $1', [id]);
  }

  /** It did not go: it is tried again later, and ever less often. False when it was given up. */
  async retry({ id, attempts }: Pick<Letter, 'id' | 'attempts'>): Promise<boolean> {
    const minutes = Math.min(2 ** (attempts - 1), 60);
    const sql = `UPDATE mails SET due_at = now() + make_interval(mins => $2)
      WHERE id = $1 AND created_at > now() - interval '${giveUpHours} hours' RETURNING id`;
    if ((await rowOf(this.database, sql, [id, minutes])) !== null) return true;
    await this.done(id);
    return false;
  }

  private async written(manager: Queryable, { signUp, invitation, ...row }: MailRow): Promise<Letter | null> {
    if (row.kind === 'invitation') return invitation === null ? null : ofInvitation(manager, row, invitation);
    if (row.kind === 'sign-up') return signUp === null ? null : this.ofSignUp(manager, { ...row, signUp });
    if (row.user === null) return null;
    const person = await rowOf<Account>(manager, `${account} id = $1`, [row.user]);
    if (person === null) return null;
    if (row.kind === 'email') return this.ofNewAddress(manager, row, person);
    const { id, kind, language, attempts } = row;
    const letter = { id, kind, language, attempts, username: person.username, to: row.email ?? person.email };
    if (kind !== 'password') return { ...letter, link: null };
    const secret = await makeLink(manager, { purpose: 'password', user: person.id, signUp: null, email: null });
    return { ...letter, link: { secret, hours: linkHours.password } };
  }

  private async ofSignUp(
    manager: Queryable,
    row: Omit<AccountRow, 'user'> & { signUp: string },
  ): Promise<Letter | null> {
    const sql = 'SELECT username, email FROM sign_ups WHERE id = $1';
    const wanted = await rowOf<{ username: string; email: string }>(manager, sql, [row.signUp]);
    if (wanted === null) return null;
    const known = await accountWith(manager, wanted.email);
    if (known !== null) return hasAccount(row, known);
    const { id, kind, language, attempts, signUp } = row;
    const secret = await makeLink(manager, { purpose: 'sign-up', user: null, signUp, email: null });
    const link = { secret, hours: linkHours['sign-up'] };
    return { id, kind, language, attempts, username: wanted.username, to: wanted.email, link };
  }

  private async ofNewAddress(manager: Queryable, row: AccountRow, person: Account): Promise<Letter> {
    const { id, kind, language, attempts, email } = row;
    const known = email === null ? null : await accountWith(manager, email);
    if (known !== null && known.id !== person.id) return hasAccount(row, known);
    const secret = await makeLink(manager, { purpose: 'email', user: person.id, signUp: null, email });
    const link = { secret, hours: linkHours.email };
    return { id, kind, language, attempts, username: person.username, to: email, link };
  }
}

const invited = `
  SELECT i.email, u.username, o.username || '/' || w.slug AS wiki,
    ceil(extract(epoch FROM i.expires_at - now()) / 3600)::int AS hours
  FROM invitations i JOIN users u ON u.id = i.invited_by JOIN wikis w ON w.id = i.wiki_id JOIN users o ON o.id = w.owner_id
  WHERE i.id = $1 AND i.used_at IS NULL AND i.expires_at > now() AND w.state = 'active' AND u.suspended_at IS NULL`;

/** An invitation is the same letter to whoever has an account and whoever has none. */
async function ofInvitation(
  manager: Queryable,
  { id, kind, language, attempts }: AccountRow,
  invitation: string,
): Promise<Letter | null> {
  const row = await rowOf<{ email: string | null; username: string; wiki: string; hours: number }>(manager, invited, [
    invitation,
  ]);
  if (row === null) return null;
  const secret = await makeInvitationLink(manager, invitation);
  const { email: to, username, wiki, hours } = row;
  return { id, kind, language, attempts, to, username, wiki, link: { secret, hours } };
}

/** The account that is signed in to with this address. */
function accountWith(database: Queryable, email: string): Promise<Account | null> {
  const sql = 'SELECT id, username, email FROM users WHERE lower(email) = lower($1) AND password_hash IS NOT NULL';
  return rowOf<Account>(database, sql, [email]);
}

function hasAccount({ id, language, attempts }: Omit<AccountRow, 'user'>, known: Account): Letter {
  return { id, kind: 'has-account', language, attempts, username: known.username, to: known.email, link: null };
}
