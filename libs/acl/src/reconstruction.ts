import type { DataSource, EntityManager } from 'typeorm';
import type { z } from 'zod';
import { AclError } from './acl-errors.js';
import type { MirroredSettings } from './mirrored-settings.js';
import {
  type PersonDocument,
  type UserDocument,
  userDocument,
  type WikiDocument,
  wikiDocument,
} from './mirror-documents.js';
import type { MirrorFiles } from './mirror-files.js';
import { parseCustomSlug, parseSlug, parseUsername } from './names.js';
import { claimName } from './name-claims.js';
import { rowOf, rowsOf } from './rows.js';
import { inOurWords } from './violations.js';

/** What came back, and what could not be read or has no place. */
export interface Reconstructed {
  users: number;
  wikis: number;
  grants: number;
  problems: string[];
}

/** Brings people, wikis and roles back from the files of the mirror. It can be run again after problems are mended. */
export class Reconstruction {
  private readonly result: Reconstructed = { users: 0, wikis: 0, grants: 0, problems: [] };

  constructor(
    private readonly database: DataSource,
    private readonly files: MirrorFiles,
    private readonly settings: MirroredSettings | undefined,
  ) {}

  async run(): Promise<Reconstructed> {
    const users = await this.documents('user', userDocument);
    const wikis = await this.documents('wiki', wikiDocument);
    for (const user of users) await this.attempt('user', user.id, () => this.account(user));
    // Who has no file of their own comes back from the wikis that name them.
    for (const { owner, grants } of wikis) {
      for (const person of [owner, ...grants.map(({ user }) => user)]) {
        await this.attempt('user', person.id, () => this.person(person, { isAdmin: false, suspendedAt: null }));
      }
    }
    for (const wiki of wikis) await this.attempt('wiki', wiki.id, () => this.wiki(wiki));
    this.result.problems = [...new Set(this.result.problems)];
    return this.result;
  }

  private async documents<T extends { id: string }>(kind: 'user' | 'wiki', schema: z.ZodType<T>): Promise<T[]> {
    const found: T[] = [];
    for (const id of await this.files.ids(kind)) {
      const text = await this.files.read(kind, id);
      const read = text === null ? null : schema.safeParse(json(text));
      if (read?.success && read.data.id === id) found.push(read.data);
      else this.problem(kind, id, read === null ? 'is missing' : 'cannot be read; restore it from a backup');
    }
    return found;
  }

  private async attempt(kind: 'user' | 'wiki', id: string, work: () => Promise<void>): Promise<void> {
    try {
      await inOurWords(work);
    } catch (error) {
      if (!(error instanceof AclError)) throw error;
      this.problem(kind, id, `cannot come back: ${error.message}`);
    }
  }

  private async account(user: UserDocument): Promise<void> {
    await this.person(user, user);
    const sql = `INSERT INTO names (name, kind, user_id, released_at) VALUES ($1, 'wiki', $2, $3)
      ON CONFLICT (name) DO NOTHING`;
    for (const { name, releasedAt } of user.keptNames) await rowsOf(this.database, sql, [name, user.id, releasedAt]);
  }

  private async person(person: PersonDocument, more: { isAdmin: boolean; suspendedAt: string | null }): Promise<void> {
    const { id, displayName, email, createdAt, identities } = person;
    const username = parseUsername(person.username);
    await this.database.transaction(async (manager) => {
      if (await isThere(manager, 'users', id)) return;
      await claimName(manager, { name: username, kind: 'user', user: id, now: new Date() });
      const sql = `INSERT INTO users (id, username, display_name, email, is_admin, created_at, suspended_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)`;
      await rowsOf(manager, sql, [id, username, displayName, email, more.isAdmin, createdAt, more.suspendedAt]);
      const known = `INSERT INTO identities (issuer, subject, user_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`;
      for (const { issuer, subject } of identities) await rowsOf(manager, known, [issuer, subject, id]);
      this.result.users += 1;
    });
  }

  private async wiki(wiki: WikiDocument): Promise<void> {
    const grants = await this.database.transaction(async (manager) => {
      if (await isThere(manager, 'wikis', wiki.id)) return null;
      if (!(await isThere(manager, 'users', wiki.owner.id))) {
        throw new AclError('user-not-found', `Its owner ${wiki.owner.username} is missing.`);
      }
      await this.insertWiki(manager, wiki);
      return this.insertGrants(manager, wiki);
    });
    if (grants === null) return;
    if (wiki.settings !== null) await this.settings?.set(wiki.id, wiki.settings);
    this.result.wikis += 1;
    this.result.grants += grants;
  }

  private async insertWiki(manager: EntityManager, wiki: WikiDocument): Promise<void> {
    const { id, owner, name, purpose, visibility, plan, paymentStatus, createdAt, deletedAt, customSlug } = wiki;
    const sql = `
      INSERT INTO wikis (id, owner_id, slug, name, purpose, visibility, plan, payment_status, created_at, deleted_at, state)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`;
    const state = deletedAt === null ? 'active' : 'deleted';
    const bought = [visibility, plan, paymentStatus];
    await rowsOf(manager, sql, [
      id,
      owner.id,
      parseSlug(wiki.slug),
      name,
      purpose,
      ...bought,
      createdAt,
      deletedAt,
      state,
    ]);
    if (customSlug === null) return;
    const slug = parseCustomSlug(customSlug);
    await claimName(manager, { name: slug, kind: 'wiki', user: owner.id, wiki: id, now: new Date() });
  }

  private async insertGrants(manager: EntityManager, { id, grants, owner }: WikiDocument): Promise<number> {
    const sql = `
      INSERT INTO grants (wiki_id, user_id, role, granted_by, granted_at)
      SELECT $1, u.id, $3, b.id, $5 FROM users u LEFT JOIN users b ON b.id = $4 WHERE u.id = $2 AND u.id <> $6
      ON CONFLICT DO NOTHING RETURNING user_id`;
    let given = 0;
    for (const { user, role, grantedBy, grantedAt } of grants) {
      if ((await rowOf(manager, sql, [id, user.id, role, grantedBy, grantedAt, owner.id])) !== null) given += 1;
      else this.problem('wiki', id, `names ${user.username}, who is not there`);
    }
    return given;
  }

  private problem(kind: 'user' | 'wiki', id: string, what: string): void {
    this.result.problems.push(`${this.files.pathOf(kind, id)} ${what}`);
  }
}

async function isThere(manager: EntityManager, table: 'users' | 'wikis', id: string): Promise<boolean> {
  return (await rowOf(manager, `SELECT 1 FROM ${table} WHERE id = $1`, [id])) !== null;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
