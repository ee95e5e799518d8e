import type { DataSource } from 'typeorm';
import type { AccountAccess } from './access.js';
import { removeAccount, setSuspended } from './account-end.js';
import { Changes, type Followers } from './changes.js';
import { parseEmail } from './email.js';
import { type Identity, parseIdentity } from './identity.js';
import { parsePersonName, parseUsername } from './names.js';
import { hashPassword, parsePassword } from './passwords.js';
import { insertPerson, storePassword } from './person-rows.js';
import { rowOf, rowsOf } from './rows.js';
import { type Person, personColumns, personNamed, userNotFound } from './user-rows.js';
import { inOurWords } from './violations.js';
import type { UserId } from './wiki-ref.js';

export type { Person } from './user-rows.js';

/** What makes a new account. */
export interface NewPerson {
  username: string;
  password?: string;
  displayName?: string;
  email?: string;
  isAdmin?: boolean;
  /** By which a sign-in provider knows them. */
  identity?: Identity;
}

const known = `
  UPDATE users SET email = coalesce($3, email)
  WHERE id = (SELECT user_id FROM identities WHERE issuer = $1 AND subject = $2) RETURNING ${personColumns}`;

/** The accounts of this platform. */
export class People {
  private readonly database: DataSource;
  private readonly changes: Changes;

  constructor({ database, ...followers }: { database: DataSource } & Followers) {
    this.database = database;
    this.changes = new Changes(followers);
  }

  /** Makes an account, or refuses with the rule that a field breaks. */
  async create({ displayName, email, password, isAdmin = false, identity, ...fields }: NewPerson): Promise<Person> {
    const username = parseUsername(fields.username);
    const shown = parsePersonName(displayName ?? username);
    const address = email === undefined ? null : parseEmail(email);
    const passwordHash = password === undefined ? null : await hashPassword(parsePassword(password));
    const signIn = identity === undefined ? null : parseIdentity(identity);
    const row = { username, displayName: shown, email: address, passwordHash, isAdmin, identity: signIn };
    const person = await inOurWords(() => this.database.transaction((manager) => insertPerson(manager, row)));
    await this.changes.user(person.id);
    return person;
  }

  /** Everybody, by username. */
  list(): Promise<Person[]> {
    return rowsOf<Person>(this.database, `SELECT ${personColumns} FROM users ORDER BY username`);
  }

  /** A person by username, or null. */
  find(username: string): Promise<Person | null> {
    return personNamed(this.database, username);
  }

  /** Whom a sign-in provider means, or null; the e-mail address it gives now replaces the one it gave before. */
  async recognise(identity: Identity, { email }: { email?: string } = {}): Promise<Person | null> {
    const { issuer, subject } = parseIdentity(identity);
    const address = email === undefined ? null : parseEmail(email);
    const person = await inOurWords(() => rowOf<Person>(this.database, known, [issuer, subject, address]));
    if (person !== null && address !== null) await this.changes.user(person.id);
    return person;
  }

  /** How many accounts there are. */
  async count(): Promise<number> {
    const row = await rowOf<{ count: number }>(this.database, 'SELECT count(*)::int AS count FROM users');
    return row?.count ?? 0;
  }

  /** The usernames behind ids, in one question; ids of people who are no more are left out. */
  async usernamesOf(ids: readonly UserId[]): Promise<Map<UserId, string>> {
    if (ids.length === 0) return new Map();
    const sql = 'SELECT id, username FROM users WHERE id = ANY($1::uuid[])';
    const rows = await rowsOf<{ id: UserId; username: string }>(this.database, sql, [[...new Set(ids)]]);
    return new Map(rows.map(({ id, username }) => [id, username]));
  }

  /** Gives somebody a new password, and ends their sessions: somebody else may know the old one. Their tokens stay. */
  async setPassword(username: string, password: string): Promise<void> {
    const hash = await hashPassword(parsePassword(password));
    const person = await personNamed(this.database, username);
    if (person === null) throw userNotFound(username);
    const user = person.id;
    await inOurWords(() => this.database.transaction((manager) => storePassword(manager, { user, hash })));
    this.changes.rights();
  }

  /** Shuts somebody out: their sessions end, and their tokens do not work until they are let in again. */
  suspend(username: string): Promise<Person> {
    return setSuspended(this.own(), username, true);
  }

  /** Lets somebody in again who was shut out. */
  readmit(username: string): Promise<Person> {
    return setSuspended(this.own(), username, false);
  }

  /** Removes an account that owns no wiki, with its tokens, sessions and roles; what it wrote stays where it is. */
  remove(username: string): Promise<Person> {
    return removeAccount(this.own(), username);
  }

  /** The own account. */
  async read({ actor }: AccountAccess<'account.read'>): Promise<Person> {
    const sql = `SELECT ${personColumns} FROM users WHERE id = $1`;
    return this.mine(actor.username, await rowOf<Person>(this.database, sql, [actor.userId]));
  }

  /** Changes how one is called; the username stays. */
  async rename({ actor }: AccountAccess<'account.write'>, displayName: string): Promise<Person> {
    const sql = `UPDATE users SET display_name = $2 WHERE id = $1 RETURNING ${personColumns}`;
    const row = await rowOf<Person>(this.database, sql, [actor.userId, parsePersonName(displayName)]);
    await this.changes.user(actor.userId);
    return this.mine(actor.username, row);
  }

  private own() {
    return { database: this.database, changes: this.changes };
  }

  private mine(username: string, row: Person | null): Person {
    if (row === null) throw userNotFound(username);
    return row;
  }
}
