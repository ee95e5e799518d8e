import { randomUUID } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actor, WikiAction, WikiLimits } from '@lib/acl';
import { directRunner, Funnel, Repositories, type Repository } from '@lib/git';
import { aDatabase } from '../../../postgres/testing/a-database.js';
import { anAccess, aWikiRef } from '../../../acl/src/testing/an-access.js';
import { Attachments } from '../../src/attachments.js';
import { Backlinks } from '../../src/backlinks.js';
import { Catalogue } from '../../src/catalogue.js';
import { PostgresKeywordTables } from '../../src/keyword-tables.js';
import { wikiMigrations } from '../../src/migrations/migrations.js';
import { Files } from '../../src/files.js';
import { FileWriter } from '../../src/file-writer.js';
import { fileOf } from '../../src/page-path.js';
import { PageWriter } from '../../src/page-writer.js';
import { WikiSettings } from '../../src/wiki-settings.js';

/** A wiki of its own in the room's repositories. */
export interface TestWiki {
  id: string;
  repository: Repository;
  /** An Access of alice's, or of someone else when told so. */
  as<A extends WikiAction>(
    action: A,
    given?: { actor?: Partial<Actor>; paths?: string[] | null },
  ): ReturnType<typeof anAccess<A>>;
  text(path: string): Promise<string | null>;
  git(...args: string[]): string;
}

/** The writing side with everything it stands on: repositories, database and catalogue. */
export async function aWritersRoom() {
  const database = await aDatabase({ migrations: wikiMigrations });
  const root = mkdtempSync(join(tmpdir(), 'wikibot-writer-'));
  const repositories = new Repositories({ root });
  const funnel = new Funnel();
  const runner = directRunner();
  const settings = new WikiSettings({ database });
  const base = { database, repositories, funnel, runner, settings, mailDomain: 'wiki.example' };
  const catalogue = new Catalogue({ ...base, keywords: new PostgresKeywordTables() });
  const caughtUp = ({ repository }: { repository: string }) => catalogue.catchUp(repository);
  funnel.onMoving((moving) => catalogue.ahead(moving));
  funnel.onMoved(caughtUp);
  const options = { ...base, lookup: new Backlinks({ database, catalogue }) };
  return {
    database,
    root,
    repositories,
    funnel,
    options,
    catalogue,
    runner,
    writer: new PageWriter(options),
    attachments: new Attachments(options),
    files: new Files({ ...base, catalogue, usernames: async () => new Map() }),
    fileWriter: new FileWriter(options),
    wiki: (limits: Partial<WikiLimits> = {}) => aWiki(repositories, limits),
    close: async () => {
      await funnel.drain();
      await repositories.close();
      await runner.close();
      await database.destroy();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

async function aWiki(repositories: Repositories, limits: Partial<WikiLimits>): Promise<TestWiki> {
  const id = randomUUID();
  const repository = await repositories.create(id);
  const wiki = aWikiRef({ id, limits: { ...aWikiRef().limits, ...limits } });
  return {
    id,
    repository,
    as: (action, given = {}) => anAccess(action, { wiki, ...given }),
    text: async (path) => {
      const tip = await repository.tip();
      const entry = tip === null ? null : await repository.entry(tip, fileOf(path));
      return entry === null ? null : (await repository.blob(entry.oid)).toString('utf8');
    },
    git: (...args) =>
      execFileSync('git', args, { cwd: repository.gitDir, encoding: 'utf8', maxBuffer: 1 << 28, stdio: 'pipe' }),
  };
}
