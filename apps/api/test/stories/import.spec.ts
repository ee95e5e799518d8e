import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { importSource } from '@lib/wiki';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openingOf } from '../../src/wikis/opening-of.js';
import { startApp, type TestApp } from '../kit/app.js';
import { GitClient } from '../kit/git-client.js';
import { RestClient } from '../kit/rest-client.js';

const samples = join(import.meta.dirname, '../../../../../shared/data/wikis');
const bundle = join(samples, 'otterwiki-documentation.bundle');
const archive = join(samples, 'foam-docs.tar.gz');
const missing = (file: string) => (existsSync(file) ? false : `the sample ${file} is not beside this checkout`);

describe('wikis from elsewhere, seen through the doors', { timeout: 120_000 }, () => {
  let app: TestApp;
  let git: GitClient;
  let token: string;

  beforeAll(async () => {
    app = await startApp();
    git = await GitClient.create();
    token = (await app.addUser('alice')).token;
  });
  afterAll(async () => {
    await git?.remove();
    await app?.stop();
  });

  const bring = async (file: string, slug: string) => {
    const { acl, actors, wikiImport, catalogue } = app.rooms;
    const access = acl.requireAccount('wiki.create', await actors.byUsername('alice', 'cli'));
    const source = await importSource(file);
    const made = await openingOf(app.rooms).openWith(access, { slug, name: slug }, (write) =>
      wikiImport.into(write, source),
    );
    await catalogue.catchUp(made.wiki.id);
    return new RestClient(app.url, token).under(`/@alice/${slug}/api/v1`);
  };

  const cloneOf = async (slug: string) => {
    await git.run([
      'clone',
      '--quiet',
      `${app.url.replace('http://', `http://any:${token}@`)}/@alice/${slug}.git`,
      slug,
    ]);
    return git.path(slug);
  };

  const listed = async (rest: RestClient) =>
    ((await rest.get('/pages?limit=1000')).body.pages as { path: string }[]).map(({ path }) => path).sort();

  const orderOf = async (rest: RestClient) => ((await rest.get('')).body.settings as { link_order: string }).link_order;

  const pagesIn = async (folder: string) =>
    (await git.run(['ls-files', '-z'], folder))
      .split('\0')
      .filter((file) => file.endsWith('.md'))
      .map((file) => file.slice(0, -3))
      .sort();

  it.skipIf(missing(bundle))('an Otter Wiki comes with its history, its bytes and its way of linking', async () => {
    const rest = await bring(bundle, 'otter');
    await git.run(['clone', '--quiet', bundle, 'original']);
    const [original, clone] = [git.path('original'), await cloneOf('otter')];

    expect(await git.run(['rev-parse', 'HEAD'], clone)).toBe(await git.run(['rev-parse', 'HEAD'], original));
    expect((await git.try(['fsck', '--strict'], clone)).code).toBe(0);
    expect(await listed(rest)).toEqual(await pagesIn(original));
    expect(await orderOf(rest)).toBe('label-first');
    for (const path of await pagesIn(original)) {
      const { body } = await rest.get(`/pages/${encodeURIComponent(path)}`);
      // A page changed where it came into main: a merge is compared with its first parent.
      const newest = (
        await git.run(['log', '-1', '--first-parent', '--format=%H', '--', `${path}.md`], original)
      ).trim();

      expect(body.content, path).toBe(await readFile(join(original, `${path}.md`), 'utf8'));
      expect(body.revision, path).toBe(newest);
    }
    const [first] = (await git.run(['rev-list', '--count', 'HEAD'], original)).split('\n');
    let [count, cursor] = [0, ''];
    for (;;) {
      const part = await rest.get(`/changelog?limit=200${cursor}`);
      count += (part.body.entries as unknown[]).length;
      if (part.body.next === null) break;
      cursor = `&cursor=${encodeURIComponent(part.body.next as string)}`;
    }
    expect(count).toBe(Number(first));
  });

  it.skipIf(missing(archive))('a vault of notes comes in one commit, with links that lead where they led', async () => {
    const rest = await bring(archive, 'foam');
    await mkdir(git.path('unpacked'));
    await git.run(['init', '--quiet', git.path('unpacked')]);
    const clone = await cloneOf('foam');

    const { body } = await rest.get('/links');
    const pages = new Set(await listed(rest));
    const edges = body.edges as { source: string; target: string }[];

    expect([...pages]).toEqual(await pagesIn(clone));
    expect(pages.size).toBe(86);
    expect(await orderOf(rest)).toBe('target-first');
    expect(edges.filter(({ target }) => pages.has(target)).length).toBeGreaterThan(150);
    expect((await git.run(['rev-list', '--count', 'HEAD'], clone)).trim()).toBe('1');
    for (const path of pages) {
      const read = await rest.get(`/pages/${encodeURIComponent(path)}`);
      expect(read.body.content, path).toBe(await readFile(join(clone, `${path}.md`), 'utf8'));
    }
  });
});
