import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImportSource } from '@lib/wiki';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ImportFetches } from '../../src/imports/import-fetches.js';
import { startApp, type TestApp } from '../kit/app.js';
import { GitClient } from '../kit/git-client.js';

const token = 'glpat-never-to-be-seen';
const url = 'https://git.example.org/group/wiki.git';

describe('repositories that are fetched to be imported', { timeout: 120_000 }, () => {
  let app: TestApp;
  let git: GitClient;
  let bundle: string;

  beforeAll(async () => {
    app = await startApp();
    await app.addUser('alice');
    git = await GitClient.create();
    const folder = git.path('wiki');
    await mkdir(folder);
    await git.run(['init', '--quiet', '-b', 'trunk'], folder);
    for (const [file, text] of [
      ['Home.md', '# Home\n'],
      ['Other.md', '[[Home]]\n'],
    ] as const) {
      await writeFile(join(folder, file), text);
      await git.run(['add', '-A'], folder);
      await git.run(['commit', '--quiet', '-m', `Write ${file}`], folder);
    }
    bundle = git.path('wiki.bundle');
    await git.run(['bundle', 'create', '--quiet', bundle, '--all'], folder);
  });
  afterAll(async () => {
    await git?.remove();
    await app?.stop();
  });

  const account = async () =>
    app.rooms.acl.requireAccount('wiki.create', await app.rooms.actors.byUsername('alice', 'web'));
  const read = async (id: string) => app.rooms.imports.read(await account(), id);
  const folders = () => readdir(join(app.dataDir, 'imports')).catch(() => []);

  /** A network in which the address has what the bundle has. */
  const fetchesOf = (fetched: (source: ImportSource, signal: AbortSignal | undefined) => Promise<void>) => {
    const { wikiImport } = app.rooms;
    const fetch: typeof wikiImport.fetch = async (source, folder, options) => {
      await fetched(source, options?.signal);
      return wikiImport.fetch({ kind: 'bundle', file: bundle }, folder, options);
    };
    return new ImportFetches({ ...app.rooms, wikiImport: Object.assign(Object.create(wikiImport), { fetch }) });
  };

  it('are looked at and made with their history, and the token is kept nowhere', async () => {
    const asked: ImportSource[] = [];
    const fetches = fetchesOf(async (source) => void asked.push(source));

    const { id } = await fetches.begin(await account(), { url, token });
    await expect.poll(async () => (await read(id)).state).toBe('looked');
    expect(asked).toEqual([{ kind: 'url', url, token }]);
    expect(await read(id)).toMatchObject({ source: url, report: { pages: 2, commits: 2 } });
    await app.rooms.imports.start(await account(), id, {
      ...{ slug: 'fetched', name: 'Fetched', visibility: 'private', linkOrder: null },
    });
    await expect.poll(async () => (await read(id)).state).toBe('done');

    const { wiki } = await read(id);
    const gitDir = join(app.dataDir, 'repositories', wiki ?? '', 'repo.git');
    expect(await git.run(['--git-dir', gitDir, 'rev-parse', 'main'])).toBe(
      await git.run(['rev-parse', 'trunk'], git.path('wiki')),
    );
    await expect.poll(folders).toEqual([]);
    for (const table of ['imports', 'bullmq.bullmq_jobs']) {
      const rows: unknown = await app.rooms.database.source.query(`SELECT * FROM ${table}`).catch(() => []);
      expect(JSON.stringify(rows), table).not.toContain(token);
    }
  });

  it('say so when the server stops meanwhile, and leave nothing', async () => {
    const entered = Promise.withResolvers<void>();
    const fetches = fetchesOf((_, signal) => {
      entered.resolve();
      return new Promise((_done, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error)));
    });
    const { id } = await fetches.begin(await account(), { url });
    await entered.promise;
    await fetches.onApplicationShutdown();

    expect(await read(id)).toMatchObject({ state: 'failed', fault: { code: 'interrupted' } });
    expect(await folders()).not.toContain(id);
  });

  it('are three at a time', async () => {
    const goOn = Promise.withResolvers<void>();
    const fetches = fetchesOf(() => goOn.promise);
    const begun = [];
    for (let at = 0; at < 3; at += 1) begun.push(await fetches.begin(await account(), { url }));

    await expect(fetches.begin(await account(), { url })).rejects.toMatchObject({ code: 'import-refused' });
    goOn.resolve();
    for (const { id } of begun) await expect.poll(async () => (await read(id)).state).toBe('looked');
  });
});
