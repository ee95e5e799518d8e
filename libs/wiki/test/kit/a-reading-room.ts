import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Actor, WikiAction } from '@lib/acl';
import {
  directRunner,
  Funnel,
  type MoveRecord,
  type Oid,
  Repositories,
  type Repository,
  type TreeEdit,
} from '@lib/git';
import type { DataSource } from 'typeorm';
import { anAccess, aWikiRef } from '../../../acl/src/testing/an-access.js';
import { aDatabase } from '../../../postgres/testing/a-database.js';
import { Backlinks } from '../../src/backlinks.js';
import { Catalogue } from '../../src/catalogue.js';
import { Gardening } from '../../src/gardening.js';
import { PostgresKeywordTables } from '../../src/keyword-tables.js';
import { wikiMigrations } from '../../src/migrations/migrations.js';
import { PageHistory } from '../../src/page-history.js';
import { PageWriter } from '../../src/page-writer.js';
import { Pages } from '../../src/pages.js';
import { WikiSettings } from '../../src/wiki-settings.js';

export const alice = '00000000-0000-4000-8000-00000000a11c';
const somebody = { name: 'Alice', email: 'alice@users.noreply.wiki.example' };
const byRest: MoveRecord = { actor: alice, door: 'rest', agent: null };

/** The reading side of the room on a database and repositories of its own; writes are followed as the app follows them. */
export async function aReadingRoom() {
  const database = await aDatabase({ migrations: wikiMigrations });
  const root = mkdtempSync(join(tmpdir(), 'wikibot-reading-'));
  const repositories = new Repositories({ root });
  const runner = directRunner();
  const funnel = new Funnel();
  const settings = new WikiSettings({ database });
  const errors: unknown[] = [];
  const onError = (error: unknown) => errors.push(error);
  const keywords = new PostgresKeywordTables();
  const catalogue = new Catalogue({ database, repositories, runner, settings, keywords, onError });
  const usernames = async (ids: readonly string[]) =>
    new Map(ids.map((id) => [id, id === alice ? 'alice' : 'somebody']));
  funnel.onMoving((moving) => catalogue.ahead(moving));
  funnel.onMoved(({ repository }) => catalogue.follow(repository));
  const shared = { database, repositories, runner, funnel, settings, catalogue, usernames };
  const writer = new PageWriter({ ...shared, lookup: new Backlinks(shared), mailDomain: 'wiki.example' });
  const tools = [{ name: 'read_note', summary: 'Read a page.' }];
  return {
    ...shared,
    ...{ errors, writer, tools },
    pages: new Pages(shared),
    history: new PageHistory({ ...shared, writer }),
    gardening: new Gardening({ ...shared, writer, tools: () => tools }),
    newWiki: async () => new WikiOfTest({ database, funnel }, await repositories.create(randomUUID())),
    close: async () => {
      await funnel.drain();
      await repositories.close();
      await runner.close();
      await database.destroy();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

type Files = Record<string, string | Buffer | null>;

/** One wiki, written to through the funnel and by the git command line. */
export class WikiOfTest {
  readonly id: string;
  private readonly clone: string;

  constructor(
    private readonly room: { database: DataSource; funnel: Funnel },
    readonly repository: Repository,
  ) {
    this.id = repository.id;
    this.clone = join(repository.folder, 'clone');
  }

  /** Commits files by a door of ours; null removes one. */
  async commit(files: Files, message = 'Change', record: MoveRecord = byRest): Promise<Oid> {
    const edits = Object.entries(files).map(([path, text]): TreeEdit => {
      return text === null ? { path, remove: true } : { path, content: Buffer.from(text) };
    });
    const draft = { edits, message, author: somebody, committer: somebody };
    const { commit } = await this.room.funnel.write(this.repository, record, async () => draft);
    return commit ?? '';
  }

  /** Runs git on the bare repository. */
  git(...args: string[]): string {
    return run(this.repository.gitDir, args);
  }

  /** Runs git in a work tree that has this wiki as its origin. */
  work(...args: string[]): string {
    try {
      run(this.clone, ['rev-parse']);
    } catch {
      run('/', ['clone', '-q', this.repository.gitDir, this.clone]);
    }
    return run(this.clone, args);
  }

  /** Commits files in the work tree; null removes one. */
  commitInWork(files: Files, message = 'Work'): Oid {
    this.work('status');
    for (const [path, text] of Object.entries(files)) {
      const file = join(this.clone, path);
      mkdirSync(dirname(file), { recursive: true });
      if (text === null) rmSync(file);
      else writeFileSync(file, text);
    }
    this.work('add', '-A');
    this.work('commit', '-q', '--allow-empty', '-m', message);
    return this.work('rev-parse', 'HEAD').trim();
  }

  /** Brings the work tree's commit into the wiki as a push does: objects first, then one recorded move. */
  async push(record: MoveRecord = { actor: alice, door: 'git', agent: null }): Promise<Oid> {
    const tip = this.work('rev-parse', 'HEAD').trim();
    this.git('fetch', '-q', '--no-write-fetch-head', this.clone, tip);
    await this.room.funnel.move(this.repository, record, await this.repository.tip(), tip);
    return tip;
  }

  as<A extends WikiAction>(action: A, given: { actor?: Partial<Actor>; paths?: readonly string[] | null } = {}) {
    return anAccess(action, { wiki: aWikiRef({ id: this.id }), ...given });
  }

  /** Every row of the catalogue that is made from git, in an order of its own. */
  async rows(): Promise<Record<string, unknown[]>> {
    const tables = ['pages', 'page_names', 'page_tags', 'page_links', 'files', 'commits', 'commit_paths'];
    const found: Record<string, unknown[]> = {};
    for (const table of [...tables, 'keyword_pages', 'keyword_words', 'keyword_totals']) {
      const sql = `SELECT to_jsonb(t) - 'wiki' AS row FROM ${table} t WHERE wiki = $1 ORDER BY to_jsonb(t)::text`;
      found[table] = (await this.room.database.query<{ row: unknown }[]>(sql, [this.id])).map(({ row }) => row);
    }
    return found;
  }
}

function run(cwd: string, args: string[]): string {
  const who = ['user.name=Bob', 'user.email=bob@example.org', 'core.autocrlf=false', 'safe.directory=*'];
  const env = { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: '/nonexistent', GIT_CONFIG_NOSYSTEM: '1' };
  const settings = [...who, 'uploadpack.allowAnySHA1InWant=true'].flatMap((setting) => ['-c', setting]);
  return execFileSync('git', [...settings, ...args], { cwd, env, encoding: 'utf8', maxBuffer: 1 << 28, stdio: 'pipe' });
}
