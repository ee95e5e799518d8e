import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWebWiki } from '../kit/a-web-wiki.js';
import { GitClient } from '../kit/git-client.js';
import { settled, upload, zipOf } from '../kit/imports.js';
import { attributeOf, valuesOf, WebClient, type WebPage } from '../kit/web-client.js';

const samples = join(import.meta.dirname, '../../../../../shared/data/wikis');
const otter = join(samples, 'otterwiki-documentation.bundle');
const missing = (file: string) => (existsSync(file) ? false : `the sample ${file} is not beside this checkout`);
const bytesOf = async (file: string) => new Uint8Array(await readFile(file));

describe('a wiki that is brought along in a browser without script', { timeout: 120_000 }, () => {
  let kit: Awaited<ReturnType<typeof aWebWiki>>;
  let git: GitClient;

  beforeAll(async () => {
    kit = await aWebWiki();
    git = await GitClient.create();
  });
  afterAll(async () => {
    await git?.remove();
    await kit?.app.stop();
  });

  const folders = () => readdir(join(kit.app.dataDir, 'imports')).catch(() => []);
  const formOf = (page: WebPage) => {
    const form = page.all('form').find((one) => attributeOf(one, 'action')?.endsWith('/start'));
    return form === undefined ? null : valuesOf(form);
  };
  const figures = (page: WebPage) => page.main.replace(/\s+/g, ' ');
  const start = async (page: WebPage, fields: Record<string, string> = {}) =>
    settled(kit.alice, await kit.alice.submit(page, '/start', { visibility: 'private', ...fields }));
  const wikiLink = (page: WebPage) =>
    page.all('a').find((link) => attributeOf(link, 'class')?.includes('site-primary'));

  /** A repository made by git, of files in several commits. */
  const aRepository = async (name: string, commits: Record<string, string>[], branch = 'main') => {
    const folder = git.path(name);
    await git.run(['init', '--quiet', '-b', branch, folder]);
    for (const files of commits) {
      for (const [path, text] of Object.entries(files)) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), text);
      }
      await git.run(['add', '-A'], folder);
      await git.run(['commit', '--quiet', '-m', `Write ${Object.keys(files).join(', ')}`], folder);
    }
    const bundle = git.path(`${name}.bundle`);
    await git.run(['bundle', 'create', '--quiet', bundle, '--all'], folder);
    return { folder, bundle };
  };

  it('says first what would come of an Obsidian vault, and makes it when it is told to', async () => {
    const vault = zipOf({
      'My Vault/.obsidian/app.json': '{}',
      'My Vault/.trash/Old.md': 'gone',
      'My Vault/Welcome.md': '# Welcome\n\n[[Ideas|my ideas]] ![[cat.png]] ![[dog.png]] [[Nowhere]]\n',
      'My Vault/Notes/Ideas.md': '# Ideas\n\nBack to [[Welcome]].\n',
      'My Vault/Attachments/cat.png': 'not really a cat',
      'My Vault/dog.png': 'not really a dog',
    });

    const looked = await upload(kit.alice, 'My Vault.zip', vault);

    expect(new URL(looked.url).pathname).toMatch(/^\/import\/[0-9a-f-]{36}$/);
    expect(figures(looked)).toContain('Pages2Other files2');
    expect(figures(looked)).toContain('5, of which 2 lead nowhere and 0 could mean several pages');
    expect(looked.main).toContain('All files lie in the folder “My Vault”.');
    expect(looked.main).toContain('2 files of git, Obsidian or the operating system are left out.');
    expect(looked.main).toContain('There is Attachments/cat.png.');
    expect(looked.main).not.toContain('There is dog.png');
    expect(formOf(looked)).toMatchObject({ name: 'My Vault', slug: 'my-vault' });
    expect((await kit.wiki.platform.get('/wikis')).body.wikis).toHaveLength(1);
    expect(await folders()).toHaveLength(1);

    const done = await start(looked, { name: 'The vault' });

    expect(done.main).toContain('The wiki is there');
    expect(attributeOf(wikiLink(done), 'href')).toBe('/@alice/my-vault/-/index');
    expect((await kit.alice.open('/@alice/my-vault/Notes/Ideas')).main).toContain('Back to Welcome.');
    expect((await kit.alice.open('/@alice/my-vault/Attachments/cat.png')).text).toBe('not really a cat');
    expect(await folders()).toEqual([]);
    const lists = await kit.alice.open('/import');
    expect(lists.main).toContain('My Vault.zip');
    expect(lists.main).toContain('imported');
    const nowhere = done.all('td').length;
    expect(nowhere).toBe(6);
  });

  it('keeps the history of a bundle, commit for commit', async () => {
    const { folder, bundle } = await aRepository(
      'gollum',
      [
        { 'Home.md': '# Home\n\n[[the other page|Other-Page]]\n' },
        { 'Other-Page.md': '# Other\n\n[[start here|Home]]\n', 'images/logo.png': 'png' },
      ],
      'master',
    );

    const looked = await upload(kit.alice, 'project.wiki.bundle', await bytesOf(bundle));
    expect(figures(looked)).toContain('2 commits, kept as they are');
    expect(formOf(looked)).toMatchObject({ name: 'project', slug: 'project' });
    const done = await start(looked, { slug: 'gollum' });

    expect(done.main).toContain('The wiki is there');
    const clone = git.path('gollum-clone');
    await git.run([
      'clone',
      '--quiet',
      `${kit.app.url.replace('http://', `http://any:${kit.wiki.token}@`)}/@alice/gollum.git`,
      clone,
    ]);
    expect(await git.run(['log', '--format=%H %an %s'], clone)).toBe(
      await git.run(['log', '--format=%H %an %s'], folder),
    );
    expect((await kit.alice.open('/@alice/gollum/Home')).main).toContain('the other page');
    expect(attributeOf(wikiLink(done), 'href')).toBe('/@alice/gollum');
  });

  it.skipIf(missing(otter))('brings An Otter Wiki with its way of writing links', async () => {
    const looked = await upload(kit.alice, 'otterwiki-documentation.bundle', await bytesOf(otter));
    const checked = looked.all('input').filter((one) => attributeOf(one, 'checked') !== null);

    expect(looked.main).toContain('[[label|Page]]');
    expect(checked.map((one) => attributeOf(one, 'value'))).toContain('label-first');
    expect((await start(looked, { slug: 'otter', link_order: 'label-first', visibility: 'public' })).main).toContain(
      'The wiki is there',
    );
    expect((await kit.stranger.open('/@alice/otter')).status).toBe(200);
  });

  it('says why something cannot be imported, and makes nothing of it', async () => {
    const refusals: [string, Uint8Array<ArrayBuffer>, RegExp][] = [
      ['notes.zip', new TextEncoder().encode('no archive at all, however long it may be'), /is no git bundle/],
      ['broken.zip', zipOf({ 'a.md': 'x'.repeat(5_000) }).slice(0, 80), /cannot be read/],
      ['climbing.zip', zipOf({ '../../evil.md': 'x' }), /invalid relative path/],
      ['twins.zip', zipOf({ 'Page.md': 'x', 'page.md': 'y' }), /are the same name/],
      ['large.zip', zipOf({ 'Page.md': 'x'.repeat(1_100_000) }), /has more than 1048576 bytes/],
      ['bomb.zip', zipOf({ 'bomb.bin': new Uint8Array(40 << 20) }), /has more than 10485760 bytes/],
      ['empty.zip', zipOf({ '.obsidian/app.json': '{}' }), /no files to import/],
    ];
    for (const [name, bytes, reason] of refusals) {
      const page = await upload(kit.alice, name, bytes);
      expect(page.main, name).toContain('It cannot be imported as it is');
      expect(page.main, name).toMatch(reason);
      expect(page.main, name).not.toContain(kit.app.dataDir);
      expect(formOf(page), name).toBeNull();
      await kit.alice.submit(page, '/discard');
    }
    expect(await folders()).toEqual([]);
  });

  it('does not fetch from private networks, other protocols, or with a password in the address', async () => {
    const fetched = async (url: string, token = '') =>
      settled(kit.alice, await kit.alice.submit(await kit.alice.open('/import'), '/import/remote', { url, token }));

    for (const [url, reason] of [
      ['https://127.0.0.1/wiki.git', /not on the public internet/],
      ['https://[::1]/wiki.git', /not on the public internet/],
      ['https://169.254.169.254/latest', /not on the public internet/],
      ['https://10.0.0.1/wiki.git', /not on the public internet/],
      ['https://[::ffff:10.0.0.1]/wiki.git', /not on the public internet/],
    ] as const) {
      const page = await fetched(url, 'a-secret-token');
      expect(page.main, url).toMatch(reason);
      expect(page.text, url).not.toContain('a-secret-token');
      await kit.alice.submit(page, '/discard');
    }
    for (const url of [
      'http://example.org/wiki.git',
      'file:///etc/passwd',
      'git@github.com:a/b.git',
      'ext::sh -c id',
    ]) {
      const page = await fetched(url);
      expect([page.status, page.main], url).toEqual([422, expect.stringContaining('Only repositories at https://')]);
    }
    const named = await fetched('https://user:password@example.org/wiki.git');
    expect(named.status).toBe(422);
    expect(named.main).toContain('must not hold a user name or password');
    const { source } = kit.app.rooms.database;
    expect(JSON.stringify(await source.query('SELECT * FROM imports'))).not.toMatch(/a-secret-token|user:password/);
  });

  it('is nobody else’s business', async () => {
    const looked = await upload(kit.alice, 'mine.zip', zipOf({ 'Home.md': '# Mine\n' }));
    const { pathname } = new URL(looked.url);
    const bob = await kit.signIn('bob');

    for (const address of [
      pathname,
      `${pathname}/progress`,
      '/import/00000000-0000-4000-8000-000000000000',
      '/import/x',
    ]) {
      expect((await bob.open(address)).status, address).toBe(404);
      expect((await kit.stranger.open(address)).status, address).toBe(404);
    }
    const token = valuesOf(
      (await bob.open('/import')).all('form').find((one) => attributeOf(one, 'action') === '/import')!,
    );
    for (const action of ['start', 'again', 'discard']) {
      const fields = { form_token: token['form_token'] ?? '', name: 'x', slug: 'x', visibility: 'public' };
      const values = new URLSearchParams({ ...fields, link_order: 'target-first' });
      expect((await bob.post(`${pathname}/${action}`, values)).status, action).toBe(404);
      expect(
        (await kit.alice.post(`${pathname}/${action}`, new URLSearchParams({ ...fields, form_token: 'x' }))).status,
      ).toBe(403);
    }
    expect((await bob.open('/import')).main).not.toContain('mine.zip');
    expect(new URL((await kit.stranger.open('/import')).url).pathname).toBe('/auth/sign-in');
    await kit.alice.submit(looked, '/discard');
    expect((await kit.alice.open(pathname)).status).toBe(404);
  });

  it('takes no upload of which it does not know who sends it, and none without a token of a form', async () => {
    const send = async (cookie: string, token: string) => {
      const body = new FormData();
      body.append('form_token', token);
      body.append('file', new Blob([zipOf({ 'a.md': 'x' })]), 'a.zip');
      return fetch(`${kit.app.url}/import`, {
        method: 'POST',
        body,
        headers: { origin: kit.app.url, cookie },
        redirect: 'manual',
      });
    };
    expect((await send('', 'x')).status).toBe(403);
    const page = await new WebClient(kit.app.url).open('/auth/sign-in');
    const form = page.all('form').find((one) => attributeOf(one, 'action')?.startsWith('/auth/sign-in'));
    const visitor = page.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    expect((await send(visitor, valuesOf(form!)['form_token'] ?? '')).status).toBe(404);
    expect(await folders()).toEqual([]);
  });

  it('refuses names that cannot be, keeps what was typed, and takes up what failed', async () => {
    const looked = await upload(kit.alice, 'again.zip', zipOf({ 'Home.md': '# Again\n' }));

    const taken = await kit.alice.submit(looked, '/start', { slug: 'garden', visibility: 'public', name: 'Typed' });
    expect([taken.status, taken.main]).toEqual([409, expect.stringContaining('You have a wiki at garden already.')]);
    expect(formOf(taken)).toMatchObject({ name: 'Typed', slug: 'garden' });
    const odd = await kit.alice.submit(taken, '/start', { slug: 'Not a slug!', visibility: 'public' });
    expect(odd.status).toBe(422);
    expect(formOf(odd)).toMatchObject({ slug: 'Not a slug!' });

    expect((await start(odd, { slug: 'again' })).main).toContain('The wiki is there');
  });

  it('lets nobody have more than five of them open, and has no place for an empty form', async () => {
    const open = [];
    for (let at = 0; at < 5; at += 1) open.push(await upload(kit.alice, `${at}.zip`, zipOf({ 'Home.md': `${at}` })));
    const before = await folders();

    const sixth = await kit.alice.sendFiles(await kit.alice.open('/import'), '/import', {
      '6.zip': zipOf({ 'a.md': '' }),
    });
    expect(sixth.status).toBe(422);
    expect(await folders()).toEqual(before);
    for (const page of open) await kit.alice.submit(page, '/discard');
    expect(await folders()).toEqual([]);

    const none = await kit.alice.sendFiles(await kit.alice.open('/import'), '/import', { '': '' });
    expect([none.status, none.main]).toEqual([422, expect.stringContaining('Choose a file first.')]);
  });
});
