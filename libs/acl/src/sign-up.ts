import type { DataSource, EntityManager } from 'typeorm';
import { readLink, takeLink } from './account-links.js';
import { AclError, fieldsRefused, linkNotValid } from './acl-errors.js';
import { Changes, type Followers } from './changes.js';
import type { Invitation, Invitations } from './invitations.js';
import { type Asking, mayMail } from './mail-limits.js';
import type { Outbox } from './outbox.js';
import { hashPassword, passwordMatches } from './passwords.js';
import { insertPerson, type PersonRow } from './person-rows.js';
import { rowOf, rowsOf } from './rows.js';
import { lookAt, type SignUpFields } from './sign-up-fields.js';
import type { Person } from './user-rows.js';
import { inOurWords } from './violations.js';

/** Who may make an account: everybody, whoever is invited, or nobody. */
export type SignUpMode = 'open' | 'invitation' | 'closed';

/** What SignUp works with. */
export interface SignUpOptions extends Followers {
  database: DataSource;
  invitations: Invitations;
  outbox: Outbox;
  mode: SignUpMode;
  /** Whether mails reach people; where not, the operator passes links on. */
  hasMail: boolean;
}

interface Waiting {
  id: string;
  username: string;
  displayName: string;
  email: string;
  passwordHash: string;
  invitation: string | null;
}

interface Steps {
  before?: (manager: EntityManager) => Promise<void>;
  after?: (manager: EntityManager, person: Person) => Promise<void>;
}

const waiting = `
  SELECT id, username, display_name AS "displayName", email, password_hash AS "passwordHash",
    invitation_id AS invitation FROM sign_ups WHERE id = $1`;

const insert = `
  INSERT INTO sign_ups (username, display_name, email, password_hash, invitation_id) VALUES ($1, $2, $3, $4, $5)
  RETURNING id`;

/**
 * How people make accounts themselves. An account comes into being when its e-mail address is confirmed; until then
 * nothing tells whether there is one with that address already, but the mail to the address itself.
 */
export class SignUp {
  private readonly changes: Changes;

  constructor(private readonly given: SignUpOptions) {
    this.changes = new Changes(given);
  }

  /** Whether anybody may sign up. */
  get isOpen(): boolean {
    return this.given.mode === 'open';
  }

  /** Whether whoever is invited may. */
  get isByInvitation(): boolean {
    return this.given.mode === 'invitation';
  }

  /** Whether mails reach people. */
  get hasMail(): boolean {
    return this.given.hasMail;
  }

  /** What somebody is invited to, or null where everybody may sign up; refuses whoever may not. */
  async admit(invitation: string | null): Promise<Invitation | null> {
    return this.allowed(invitation === null ? null : await this.given.invitations.read(invitation));
  }

  /**
   * Whether a link has to be followed before there is an account: not by the first operator, who was let in by the
   * console, and not by somebody invited where no mail would reach them.
   */
  needsLink(invitation: Invitation | null): boolean {
    return invitation === null || (this.given.hasMail && !invitation.isFirst);
  }

  /** Takes a filled-in form: the account, or null where a link has to be followed first. */
  async begin(form: SignUpFields, invitation: string | null, asking: Asking): Promise<Person | null> {
    const { database } = this.given;
    const invited = await this.admit(invitation);
    const needsEmail = this.needsLink(invited);
    const { values, faults } = await lookAt(database, form, { needsEmail });
    if (Object.keys(faults).length > 0) throw fieldsRefused(faults);
    const mail = await mayMail(database, values.email ?? '', asking);
    const row = { ...values, passwordHash: await hashPassword(form.password) };
    if (needsEmail) return this.remember(row, invited, mail ? asking.language : null);
    return this.make({ ...row, email: null }, invited, {
      after: async (manager, { id: user }) => {
        const { email } = values;
        // It stands in the account once it is known to be theirs.
        if (email !== null && mail)
          await this.given.outbox.put(manager, { kind: 'email', user, email, language: asking.language });
      },
    });
  }

  /** The account that a link confirms; the link stays good. */
  async waiting(secret: string): Promise<{ username: string; email: string }> {
    const { username, email } = await this.ofLink(secret);
    return { username, email };
  }

  /**
   * Makes the account that a link confirms. The password is asked for again: whoever has the mail must be whoever filled
   * in the form, or others could make accounts they know the password of for somebody. Another username may be given,
   * since the first may be taken by now.
   */
  async finish(secret: string, { password, username }: { password: string; username?: string }): Promise<Person> {
    const { database, invitations } = this.given;
    const wanted = await this.ofLink(secret);
    if (!(await passwordMatches(wanted.passwordHash, password))) throw fieldsRefused({ password: 'wrong' });
    const row = { ...wanted, username: username ?? wanted.username };
    const { faults } = await lookAt(database, { ...row, password }, { needsEmail: true });
    if (Object.keys(faults).length > 0) throw fieldsRefused(faults);
    const invited = this.allowed(wanted.invitation === null ? null : await invitations.withId(wanted.invitation));
    return this.make(row, invited, {
      before: async (manager) => {
        if ((await takeLink(manager, 'sign-up', secret)) === null) throw linkNotValid();
        await rowsOf(manager, 'DELETE FROM sign_ups WHERE id = $1', [wanted.id]);
      },
    });
  }

  private allowed(invitation: Invitation | null): Invitation | null {
    const { mode } = this.given;
    if (mode === 'open' || invitation?.isFirst || (mode === 'invitation' && invitation !== null)) return invitation;
    throw new AclError('sign-up-closed', 'Accounts are made by invitation here, or by the operator.');
  }

  private async ofLink(secret: string): Promise<Waiting> {
    const link = await readLink(this.given.database, 'sign-up', secret);
    const row = link === null ? null : await rowOf<Waiting>(this.given.database, waiting, [link.signUp]);
    if (row === null) throw linkNotValid();
    return row;
  }

  private async remember(
    { username, displayName, email, passwordHash }: Omit<PersonRow, 'isAdmin'>,
    invited: Invitation | null,
    language: string | null,
  ): Promise<null> {
    const { database, outbox } = this.given;
    await database.transaction(async (manager) => {
      await rowsOf(manager, `DELETE FROM sign_ups WHERE created_at < now() - interval '3 days'`);
      const values = [username, displayName, email, passwordHash, invited?.id ?? null];
      const row = await rowOf<{ id: string }>(manager, insert, values);
      if (row !== null && language !== null) await outbox.put(manager, { kind: 'sign-up', signUp: row.id, language });
    });
    outbox.announce();
    return null;
  }

  private async make(row: Omit<PersonRow, 'isAdmin'>, invited: Invitation | null, steps: Steps): Promise<Person> {
    const { database, invitations, outbox } = this.given;
    const access = invited === null ? null : await invitations.accessOf(invited);
    const person = await inFields(() =>
      database.transaction(async (manager) => {
        await steps.before?.(manager);
        const made = await insertPerson(manager, { ...row, isAdmin: invited?.isFirst ?? false });
        if (invited !== null) await invitations.use(manager, invited, { user: made.id, access });
        await steps.after?.(manager, made);
        return made;
      }),
    );
    outbox.announce();
    await this.changes.user(person.id);
    if (access !== null) await this.changes.wiki(access.wiki.id);
    return person;
  }
}

/** Whoever comes second for a name or an address learns it as the fault of its field. */
async function inFields<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await inOurWords(work);
  } catch (error) {
    if (!(error instanceof AclError) || error.code !== 'name-taken') throw error;
    throw fieldsRefused('name' in error.extra ? { username: 'taken' } : { email: 'taken' });
  }
}
