import { type Access, mayTouch, type UserId, type WikiId } from '@lib/acl';
import { storable } from '@lib/markdown';
import type { DataSource } from 'typeorm';
import { pagePath } from './page-path.js';
import { WikiError } from './wiki-errors.js';

/** What somebody was writing on a page and has not saved. */
export interface Draft {
  path: string;
  content: string;
  /** The revision they had read; null for a page that there was not. */
  revision: string | null;
  updatedAt: Date;
}

/** A draft in the list of somebody's own, without its text. */
export interface OwnDraft {
  wiki: WikiId;
  path: string;
  updatedAt: Date;
}

const columns = 'path, content, revision, updated_at AS "updatedAt"';
/** So many drafts of one person a wiki keeps; the oldest make room. */
const mostDrafts = 100;
const longestCharacters = 4 * 1024 * 1024;

/** What people were writing, by person and page; nobody else sees it, and nothing of it is in the repository. */
export class Drafts {
  constructor(private readonly given: { database: DataSource }) {}

  /** One's draft of a page; null when there is none. */
  async read(access: Access<'page.write'>, path: string): Promise<Draft | null> {
    const user = userOf(access);
    mayTouch(access, path);
    if (user === null) return null;
    const sql = `SELECT ${columns} FROM drafts WHERE wiki = $1 AND user_id = $2 AND path = $3`;
    const [row] = await this.given.database.query<Draft[]>(sql, [access.wiki.id, user, storable(path)]);
    return row ?? null;
  }

  /** The drafts that one has in wikis, newest first. */
  async mine(accesses: readonly Access<'page.write'>[], limit: number): Promise<OwnDraft[]> {
    const [first] = accesses;
    const user = first === undefined ? null : userOf(first);
    if (user === null) return [];
    return this.given.database.query<OwnDraft[]>(
      `SELECT wiki, path, updated_at AS "updatedAt" FROM drafts WHERE user_id = $1 AND wiki = ANY($2::uuid[])
       ORDER BY updated_at DESC, path LIMIT $3`,
      [user, accesses.map(({ wiki }) => wiki.id), limit],
    );
  }

  /** Keeps a draft, in place of the one before. Throws `path-not-allowed`, and `page-too-large`. */
  async keep(
    access: Access<'page.write'>,
    { path: input, content, revision }: { path: string; content: string; revision: string | null },
  ): Promise<void> {
    const [user, path] = [userOf(access), pagePath(input)];
    mayTouch(access, path);
    if (user === null) return;
    if (content.length > longestCharacters)
      throw new WikiError('page-too-large', 'A draft is not kept at this length.');
    await this.given.database.query(
      `INSERT INTO drafts (wiki, user_id, path, content, revision) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (wiki, user_id, path) DO UPDATE SET
         content = excluded.content, revision = excluded.revision, updated_at = now()`,
      [access.wiki.id, user, path, content.toWellFormed().replaceAll('\0', '\uFFFD'), revision],
    );
    await this.given.database.query(
      `DELETE FROM drafts WHERE wiki = $1 AND user_id = $2 AND path IN (
         SELECT path FROM drafts WHERE wiki = $1 AND user_id = $2 ORDER BY updated_at DESC OFFSET ${mostDrafts})`,
      [access.wiki.id, user],
    );
  }

  /** Forgets all drafts of somebody who is no more. */
  async dropAll(user: UserId): Promise<void> {
    await this.given.database.query('DELETE FROM drafts WHERE user_id = $1', [user]);
  }

  /** Forgets one's draft of a page, which was saved or given up. */
  async drop(access: Access<'page.write'>, path: string): Promise<void> {
    const sql = 'DELETE FROM drafts WHERE wiki = $1 AND user_id = $2 AND path = $3';
    await this.given.database.query(sql, [access.wiki.id, userOf(access), storable(path)]);
  }
}

/** Drafts are a person's; what a program writes it sends when it is done. */
const userOf = ({ actor }: Access): UserId | null => (actor.kind === 'person' ? actor.userId : null);
