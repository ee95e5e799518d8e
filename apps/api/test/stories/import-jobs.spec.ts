import { mkdir, mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { anEmptyDatabase } from '../../../../libs/postgres/testing/a-database.js';
import { ImportFolders } from '../../src/imports/import-folders.js';
import { Importing } from '../../src/imports/importing.js';
import { Housekeeping } from '../../src/indexing/housekeeping.js';
import { startApp, type TestApp } from '../kit/app.js';
import { settled, zipOf } from '../kit/imports.js';
import { WebClient } from '../kit/web-client.js';

const password = 'correct horse battery';
const dayMs = 24 * 60 * 60_000;

describe('the jobs of imports', { timeout: 120_000 }, () => {
  let database: Awaited<ReturnType<typeof anEmptyDatabase>>;
  let dataDir: string;
  let app: TestApp;
  let slugs = 0;
  let slug = '';
  const start = (jobs: string) => startApp({ DATA_DIR: dataDir, DATABASE_URL: database.url, JOBS: jobs });

  beforeAll(async () => {
    database = await anEmptyDatabase();
    dataDir = await mkdtemp(join(tmpdir(), 'wikibot-import-jobs-'));
    // Nothing works jobs off here but the stories themselves.
    app = await start('off');
    await app.addUser('alice');
    await app.rooms.people.setPassword('alice', password);
  });
  afterAll(async () => {
    await app?.stop();
    await database?.drop();
    await rm(dataDir, { recursive: true, force: true });
  });
  beforeEach(() => {
    slug = `wiki-${(slugs += 1)}`;
  });

  const account = async () =>
    app.rooms.acl.requireAccount('wiki.create', await app.rooms.actors.byUsername('alice', 'web'));
  const read = async (id: string) => app.rooms.imports.read(await account(), id);
  const sql = (text: string, values: unknown[] = []) => app.rooms.database.source.query<unknown[]>(text, values);
  const halfMade = () => sql(`SELECT id FROM wikis WHERE state = 'creating'`);
  const repositories = async () => (await app.rooms.repositories.ids()).length;
  const folders = () => readdir(join(dataDir, 'imports')).catch(() => []);
  const signIn = async (url: string) => {
    const client = new WebClient(url);
    await client.submit(await client.open('/auth/sign-in'), '/auth/sign-in', { login: 'alice', password });
    return client;
  };

  /** An import that was uploaded; `looked` and `running` as far as that. */
  const anImport = async (state: 'looking' | 'looked' | 'running' = 'running') => {
    const client = await signIn(app.url);
    const archive = { 'notes.zip': zipOf({ 'Home.md': '# Home\n\n[[Other]]\n', 'Other.md': 'x' }) };
    const page = await client.sendFiles(await client.open('/import'), '/import', archive);
    const id = page.url.split('/').at(-1) ?? '';
    onTestFinished(async () => {
      await app.rooms.imports.forget(id);
      await new ImportFolders(app.rooms.config).remove(id);
    });
    if (state !== 'looking') await new Importing(app.rooms).tend(id);
    const wanted = { slug, name: 'Notes', visibility: 'private', linkOrder: null } as const;
    if (state === 'running') await app.rooms.imports.start(await account(), id, wanted);
    return id;
  };
  const pagesOf = async (wiki: string | null) => app.rooms.pages.count(wiki ?? '');

  /** As a process leaves it that dies while it makes the wiki. */
  const halfWay = async (id: string) => {
    const { wiki } = await app.rooms.wikis.create(await account(), { slug, name: 'Notes' });
    await app.rooms.repositories.create(wiki.id);
    await sql('UPDATE imports SET attempts = 1, wiki = $2 WHERE id = $1', [id, wiki.id]);
    return wiki.id;
  };

  /** Rooms in which an import gets as far as writing, and then waits for something. */
  const roomsThatWait = (until: (signal: AbortSignal | undefined) => Promise<void>) => {
    const entered = Promise.withResolvers<void>();
    const { wikiImport } = app.rooms;
    const into: typeof wikiImport.into = async (access, source, options = {}) => {
      entered.resolve();
      await until(options.signal);
      return wikiImport.into(access, source, options);
    };
    return {
      rooms: { ...app.rooms, wikiImport: Object.assign(Object.create(wikiImport), { into }) },
      entered: entered.promise,
    };
  };

  it('clear away what an interrupted one left, and go on', async () => {
    const id = await anImport();
    const before = await repositories();
    const left = await halfWay(id);
    const importing = new Importing(app.rooms);

    expect(await importing.sweep()).toContain(id);
    await importing.tend(id);

    const { state, wiki, report } = await read(id);
    expect(state).toBe('done');
    expect(wiki).not.toBe(left);
    expect(await pagesOf(wiki)).toBe(2);
    expect(report).toMatchObject({ pages: 2, links: 1, broken: 0 });
    expect(await halfMade()).toEqual([]);
    expect(await repositories()).toBe(before + 1);
    expect(await folders()).not.toContain(id);
    expect(await importing.sweep()).not.toContain(id);
  });

  it('make no second wiki when only the end was not noted', async () => {
    const id = await anImport();
    await new Importing(app.rooms).tend(id);
    const { wiki } = await read(id);
    await sql(`UPDATE imports SET state = 'running' WHERE id = $1`, [id]);

    await new Importing(app.rooms).tend(id);

    expect(await read(id)).toMatchObject({ state: 'done', wiki, report: { pages: 2 } });
    expect(await sql('SELECT 1 FROM wikis WHERE slug = $1', [slug])).toHaveLength(1);
  });

  it('are given up when they bring the process down again and again, and can be started once more', async () => {
    const id = await anImport();
    await sql('UPDATE imports SET attempts = 3 WHERE id = $1', [id]);

    await new Importing(app.rooms).tend(id);
    expect(await read(id)).toMatchObject({ state: 'failed', fault: { code: 'interrupted' } });

    const wanted = { slug, name: 'Notes', visibility: 'public', linkOrder: 'target-first' } as const;
    await app.rooms.imports.start(await account(), id, wanted);
    await new Importing(app.rooms).tend(id);
    expect(await read(id)).toMatchObject({ state: 'done', fault: null });
  });

  it('are put back when the server stops, without a half-made wiki', async () => {
    const id = await anImport();
    const before = await repositories();
    const { rooms, entered } = roomsThatWait(
      (signal) => new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error))),
    );
    const importing = new Importing(rooms);

    const run = importing.tend(id);
    await entered;
    expect(await halfMade()).toHaveLength(1);
    importing.stop();
    await run;

    expect(await read(id)).toMatchObject({ state: 'running', attempts: 0 });
    expect(await halfMade()).toEqual([]);
    expect(await repositories()).toBe(before);
    await new Importing(app.rooms).tend(id);
    expect(await read(id)).toMatchObject({ state: 'done' });
  });

  it('are worked on by one process at a time, whose half-made wiki nobody clears away', async () => {
    const id = await anImport();
    const goOn = Promise.withResolvers<void>();
    const { rooms, entered } = roomsThatWait(() => goOn.promise);
    const first = new Importing(rooms);
    const run = first.tend(id);
    await entered;

    expect(await first.tend(id)).toBe('busy');
    expect(await new Importing(app.rooms).tend(id)).toBe('busy');
    await sql(`UPDATE wikis SET created_at = now() - interval '1 hour' WHERE state = 'creating'`);
    await new Housekeeping(app.rooms).sweep();
    expect(await halfMade()).toHaveLength(1);
    goOn.resolve();
    await run;

    expect(await read(id)).toMatchObject({ state: 'done', attempts: 1 });
  });

  it('fail by a name that is taken meanwhile, and leave the upload for another name', async () => {
    const id = await anImport();
    await app.rooms.wikis.create(await account(), { slug, name: 'Taken' });
    await new Importing(app.rooms).tend(id);

    expect(await read(id)).toMatchObject({ state: 'failed', fault: { code: 'slug-taken' }, report: { pages: 2 } });
    expect(await folders()).toContain(id);
    await sql('DELETE FROM wikis WHERE slug = $1', [slug]);
    const wanted = { slug, name: 'Notes', visibility: 'private', linkOrder: null } as const;
    await app.rooms.imports.start(await account(), id, wanted);
    await new Importing(app.rooms).tend(id);
    expect(await read(id)).toMatchObject({ state: 'done' });
  });

  it('throw away after a day what was not finished, and what no import knows of', async () => {
    const [late, looked] = [await anImport('looked'), await anImport('looked')];
    const importing = new Importing(app.rooms);
    const lost = '11111111-2222-4333-8444-555555555555';
    await mkdir(join(dataDir, 'imports', lost), { recursive: true });
    await sql(`UPDATE imports SET expires_at = now() - interval '1 minute' WHERE id = $1`, [late]);

    await importing.sweep();
    expect((await folders()).sort()).toEqual([looked, lost].sort());
    await expect(read(late)).rejects.toMatchObject({ code: 'import-not-found' });

    const longAgo = new Date(Date.now() - 2 * dayMs);
    await utimes(join(dataDir, 'imports', lost), longAgo, longAgo);
    await importing.sweep();
    expect(await folders()).toEqual([looked]);
    expect(await read(looked)).toMatchObject({ state: 'looked' });
  });

  it('tell when the process is gone that fetched a repository', async () => {
    const record = await app.rooms.imports.begin(await account(), { kind: 'url', source: 'https://example.org/a.git' });
    onTestFinished(() => app.rooms.imports.forget(record.id));
    await new Importing(app.rooms).sweep();
    expect(await read(record.id)).toMatchObject({ state: 'failed', fault: { code: 'interrupted' } });
  });

  it('wait in the database for a server that starts later', async () => {
    const id = await anImport('looking');
    const later = await start('inline');
    onTestFinished(() => later.stop());
    const client = await signIn(later.url);

    const page = await settled(client, await client.open(`/import/${id}`));
    const done = await settled(client, await client.submit(page, '/start', { slug, visibility: 'private' }));

    expect(done.main).toContain('The wiki is there');
  });
});
