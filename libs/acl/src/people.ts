import type { DataSource } from 'typeorm';
import type { AccountAccess } from './access.js';
import { AclError } from './acl-errors.js';
import type { Mirror } from './mirror.js';
import { claimName } from './name-claims.js';
import { parseDisplayName, parseUsername } from './names.js';
import { hashPassword } from './passwords.js';
import { refusing } from './unique-violation.js';
import type { UserId } from './wiki-ref.js';

/** An account as its owner and the operator see it. */
export interface Person {
  id: UserId;
  username: string;
  displayName: string;
  email: string | null;
  isAdmin: boolean;
  createdAt: Date;
}

interface NewPerson {
  username: string;
  password?: string | undefined;
  displayName?: string | undefined;
  email?: string | undefined;
  isAdmin?: boolean;
}

const columns = `id, username, display_name AS "displayName", email, is_admin AS "isAdmin", created_at AS "createdAt"`;
const password = { min: 8, max: 256 };

/** The people who have an account. */
export class People {
  constructor(private readonly given: { database: DataSource; mirror?: Mirror }) {}

  /** Makes an account; its name is shared with nobody, custom slugs of wikis included. */
  async create(fields: NewPerson): Promise<Person> {
    const username = parseUsername(fields.username);
    const displayName = parseDisplayName(fields.displayName ?? username);
    const hash = fields.password === undefined ? null : await hashPassword(checkedPassword(fields.password));
    const email = fields.email === undefined ? null : checkedEmail(fields.email);
    const taken = () => new AclError('name-taken', 'An account with this e-mail address exists.');
    const person = await refusing({ users_local_email: taken }, () =>
      this.given.database.transaction(async (manager) => {
        const [{ id }] = await manager.query<[{ id: string }]>('SELECT gen_random_uuid() AS id');
        await claimName(manager, { name: username, kind: 'user', userId: id, wikiId: null });
        const [row] = await manager.query<[Person]>(
          `INSERT INTO users (id, username, display_name, email, password_hash, is_admin)
           VALUES ($1, $2, $3, $4, $5, $6) RETURNING ${columns}`,
          [id, username, displayName, email, hash, fields.isAdmin ?? false],
        );
        return row;
      }),
    );
    await this.given.mirror?.user(person.id);
    return person;
  }

  list(): Promise<Person[]> {
    return this.given.database.query<Person[]>(`SELECT ${columns} FROM users ORDER BY username`);
  }

  async count(): Promise<number> {
    const [row] = await this.given.database.query<[{ count: string }]>('SELECT count(*) FROM users');
    return Number(row.count);
  }

  async find(username: string): Promise<Person | null> {
    const rows = await this.given.database.query<Person[]>(`SELECT ${columns} FROM users WHERE username = $1`, [
      username.replaceAll('\0', ''),
    ]);
    return rows[0] ?? null;
  }

  /** The usernames of people by id; those who are gone are left out. */
  async usernamesOf(ids: readonly UserId[]): Promise<Map<UserId, string>> {
    if (ids.length === 0) return new Map();
    const rows = await this.given.database.query<{ id: string; username: string }[]>(
      'SELECT id, username FROM users WHERE id = ANY($1::uuid[])',
      [[...ids]],
    );
    return new Map(rows.map(({ id, username }) => [id, username]));
  }

  /** Gives a person another password; for the operator. */
  async setPassword(username: string, text: string): Promise<void> {
    const hash = await hashPassword(checkedPassword(text));
    const [, changed] = await this.given.database.query<[unknown, number]>(
      'UPDATE users SET password_hash = $2 WHERE username = $1',
      [username, hash],
    );
    if (changed === 0) throw new AclError('user-not-found', `There is no person called ${username.slice(0, 40)}.`);
  }

  async read(access: AccountAccess<'account.read'>): Promise<Person> {
    return this.own(access.actor.userId);
  }

  /** Changes how a person is shown; the username stays. */
  async rename(access: AccountAccess<'account.write'>, displayName: string): Promise<Person> {
    const name = parseDisplayName(displayName);
    await this.given.database.query('UPDATE users SET display_name = $2 WHERE id = $1', [access.actor.userId, name]);
    await this.given.mirror?.user(access.actor.userId);
    return this.own(access.actor.userId);
  }

  private async own(id: UserId): Promise<Person> {
    const [row] = await this.given.database.query<Person[]>(`SELECT ${columns} FROM users WHERE id = $1`, [id]);
    if (row === undefined) throw new AclError('user-not-found', 'This account is gone.');
    return row;
  }
}

function checkedPassword(text: string): string {
  if (text.length >= password.min && text.length <= password.max) return text;
  throw new AclError('password-not-allowed', `A password has ${password.min} to ${password.max} characters.`);
}

function checkedEmail(text: string): string {
  if (text.length <= 320 && /^[^\s@<>\p{Cc}]+@[^\s@<>\p{Cc}]+$/u.test(text)) return text;
  throw new AclError('name-not-allowed', 'That is not an e-mail address.', { rule: 'email' });
}
