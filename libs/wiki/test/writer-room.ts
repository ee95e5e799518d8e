import { randomUUID } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WikiAction, WikiLimits } from '@lib/acl';
import { Funnel, Repositories, type Repository } from '@lib/git';
import { aDatabase } from '../../postgres/testing/a-database.js';
import { anAccess, aWikiRef } from '../../acl/src/testing/an-access.js';
import type { Actor } from '@lib/acl';
import { Attachments } from '../src/attachments.js';
import { linksOf, type LinkOrder } from '../src/links.js';
import { wikiMigrations } from '../src/migrations/migrations.js';
import { pageLookup, resolveLink } from '../src/link-resolution.js';
import { fileOf, pageOfFile } from '../src/page-path.js';
import { PageWriter } from '../src/page-writer.js';

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

/** The writing side on real repositories and a real database; who links to a page is read from the pages themselves. */
export async function aWritersRoom() {
  const database = await aDatabase({ migrations: wikiMigrations });
  const root = mkdtempSync(join(tmpdir(), 'wikibot-writer-'));
  const repositories = new Repositories({ root });
  const funnel = new Funnel();
  const style = { linkOrder: 'target-first' as LinkOrder };
  const settings = { of: async () => style };
  const lookup = { linkers: (wiki: string, path: string) => linkersOf(repositories, wiki, path) };
  const options = { database, repositories, funnel, settings, lookup, mailDomain: 'wiki.example' };
  return {
    database,
    root,
    repositories,
    funnel,
    options,
    style,
    writer: new PageWriter(options),
    attachments: new Attachments(options),
    wiki: (limits: Partial<WikiLimits> = {}) => aWiki(repositories, limits),
    close: async () => {
      await funnel.drain();
      await repositories.close();
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

async function linkersOf(repositories: Repositories, wiki: string, path: string): Promise<string[]> {
  const repository = await repositories.open(wiki);
  const tip = await repository.tip();
  const files = tip === null ? [] : await repository.walk(tip);
  const pages = files.flatMap((file) => {
    const page = pageOfFile(file.path);
    return page === null ? [] : [{ path: page, oid: file.oid }];
  });
  const index = pageLookup(pages);
  const linkers: string[] = [];
  for (const page of pages) {
    const text = (await repository.blob(page.oid)).toString('utf8');
    const found = linksOf(text, 'target-first').map((link) => resolveLink(link.target, page.path, index));
    if (found.some((resolution) => 'page' in resolution && resolution.page === path)) linkers.push(page.path);
  }
  return linkers;
}
