import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, startApp } from '../kit/app.js';
import { aWiki, type WikiKit } from '../kit/a-wiki.js';
import { attributeOf, textOf, WebClient, type WebPage } from '../kit/web-client.js';

const password = 'correct horse battery';
const fileBytes = 40_000;

describe('files in a browser without script', () => {
  let app: TestApp;
  let wiki: WikiKit;
  let alice: WebClient;
  let stranger: WebClient;

  beforeAll(async () => {
    app = await startApp({ FILE_BYTES: String(fileBytes) });
    wiki = await aWiki(app, 'alice', 'garden', { visibility: 'public' });
    await wiki.platform.post('/wikis', { slug: 'cellar', name: 'The cellar' });
    await app.rooms.people.setPassword('alice', password);
    stranger = new WebClient(app.url);
    alice = new WebClient(app.url);
    await alice.submit(await alice.open('/auth/sign-in'), '/auth/sign-in', { login: 'alice', password });
  });
  afterAll(() => app?.stop());

  const base = '/@alice/garden';
  const put = (path: string, content: string) => wiki.rest.put(`/pages/${encodeURIComponent(path)}`, { content });
  const text = async (path: string) =>
    String((await wiki.rest.get(`/pages/${encodeURIComponent(path)}`)).body['content']);
  const names = (page: WebPage) =>
    page.all('a').flatMap((link) => (attributeOf(link, 'class') === 'files-name' ? [textOf(link)] : []));
  const send = async (at: string, files: Record<string, string | Uint8Array<ArrayBuffer>>, more: object = {}) =>
    alice.sendFiles(await alice.open(`${base}/-/${at}`), `${base}/-/${at}`, files, more);
  const bytes = async (path: string) => (await stranger.open(`${base}/${path}`)).text;

  it('several are uploaded to a page at once, and listed with size, type, change and who shows them', async () => {
    await put('Beds', '# Beds\n\n![[Plan für Mai.png]]\n');
    expect((await alice.open(`${base}/-/files/Beds`)).main).toContain('There are no files here yet.');

    const list = await send('files/Beds', { 'Plan für Mai.png': 'not really a picture', 'notes.txt': 'Water.' });

    expect(new URL(list.url).pathname).toBe(`${base}/-/files/Beds`);
    expect(names(list)).toEqual(['Plan für Mai.png', 'notes.txt']);
    expect(list.main).toContain('PNG · 20 bytes');
    expect(list.main).toContain('Used by Beds');
    expect(list.main).toMatch(/alice in the browser/);
    expect(await bytes('Beds/notes.txt')).toBe('Water.');
    const ways = (await alice.open(`${base}/Beds`)).all('a').map((link) => attributeOf(link, 'href'));
    expect(ways).toEqual(expect.arrayContaining([`${base}/-/files/Beds`, `${base}/-/files`]));
  });

  it('are put into a folder of the wiki, found by name, and those without a page told apart', async () => {
    await send('files', { 'logo.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>' }, { fields: { folder: '/Looks/' } });

    const all = await stranger.open(`${base}/-/files`);
    const loose = await stranger.open(`${base}/-/files?show=loose`);
    const found = await stranger.open(`${base}/-/files?q=LOGO`);

    expect(names(all)).toEqual(['Beds/Plan für Mai.png', 'Beds/notes.txt', 'Looks/logo.svg']);
    expect(names(loose)).toEqual(['Looks/logo.svg']);
    expect(names(found)).toEqual(['Looks/logo.svg']);
    expect(loose.main).toContain('belongs to no page');
    expect((await stranger.open(`${base}/-/files?q=nothing`)).main).toContain('No file has that in its name.');
    expect(all.all('form').some((form) => attributeOf(form, 'method') === 'post')).toBe(false);
    expect(all.all('img').map((image) => attributeOf(image, 'src'))).toContain(`${base}/Looks/logo.svg`);
  });

  it('are shown in parts', async () => {
    await put('Many', 'x');
    const files = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`${100 + at}.txt`, `${at}`]));
    await send('files/Many', files);
    await send('files/Many', { '200.txt': 'last' });

    const first = await stranger.open(`${base}/-/files/Many`);
    const next = first.all('a').find((link) => attributeOf(link, 'rel') === 'next');
    const second = await stranger.open(attributeOf(next, 'href') ?? '');

    expect(names(first)).toHaveLength(50);
    expect(names(second)).toEqual(['200.txt']);
    expect(second.main).toContain('51 files');
  });

  it('say one by one why they were not taken, and take the others', async () => {
    await put('Beds/Sub/Deep', 'x');
    const page = await send('files/Beds', {
      'notes.txt': 'Other.',
      'large.bin': 'x'.repeat(fileBytes + 1),
      'page.md': 'x',
      Sub: 'x',
      'good.txt': 'good',
    });

    expect(page.status).toBeGreaterThanOrEqual(400);
    const said = page.all('li').map(textOf).join('\n');
    expect(said).toContain('There is a file "Beds/notes.txt" already.');
    expect(said).toContain('"large.bin" is too large');
    expect(said).toContain('a page; write it as one');
    expect(said).toContain('folder');
    expect(page.main).toContain('These were taken: Beds/good.txt');
    expect(await bytes('Beds/notes.txt')).toBe('Water.');
    await send('files/Beds', { 'notes.txt': 'Other.' }, { fields: { replace: 'on' } });
    expect(await bytes('Beds/notes.txt')).toBe('Other.');
    expect((await send('files/Beds', {})).main).toContain('No file was chosen.');
  });

  it('are answered in JSON to the script of the page', async () => {
    const json = { headers: { accept: 'application/json' } };

    const taken = await send('files/Beds', { 'script.txt': 'x' }, json);
    const refused = await send('files/Beds', { 'script.txt': 'y' }, json);

    expect([taken.status, JSON.parse(taken.text)]).toEqual([
      200,
      { files: [{ name: 'script.txt', path: 'Beds/script.txt', fault: null }] },
    ]);
    expect(refused.status).toBe(409);
    expect(JSON.parse(refused.text)).toMatchObject({
      files: [{ path: null, fault: expect.stringContaining('already') }],
    });
  });

  it('are not taken from another site, with another token, from whoever may only read, or elsewhere', async () => {
    const form = await alice.open(`${base}/-/files/Beds`);
    const forged = (headers: Record<string, string>, fields: Record<string, string> = {}) =>
      alice.sendFiles(form, `${base}/-/files/Beds`, { 'forged.txt': 'x' }, { headers, fields });
    const large = 'x'.repeat(fileBytes - 1);

    expect((await forged({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await forged({}, { form_token: 'wrong' })).status).toBe(403);
    expect((await stranger.sendFiles(form, `${base}/-/files/Beds`, { 'forged.txt': large })).status).toBe(403);
    const elsewhere = new FormData();
    elsewhere.append('content', 'x');
    const answer = await fetch(`${app.url}${base}/-/edit/Beds`, { method: 'POST', body: elsewhere });
    expect([403, 415]).toContain(answer.status);
    expect(names(await alice.open(`${base}/-/files/Beds`))).not.toContain('forged.txt');
  });

  it.each([
    [
      'is cut off',
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nab',
    ],
    ['has no boundary', 'multipart/form-data', '--x--'],
    ['is empty', 'multipart/form-data; boundary=x', ''],
    [
      'names a field of every object',
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="__proto__"\r\n\r\na\r\n--x--\r\n',
    ],
  ])('are refused when their form %s', async (_, type, body) => {
    const answer = await fetch(`${app.url}${base}/-/files`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });

    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  });

  it('are refused together when they are more than a server takes at once', async () => {
    const page = await send('files/Beds', { 'a.bin': 'x'.repeat(4 * fileBytes + 1024 * 1024) });

    expect(page.status).toBe(413);
  });

  it.each([
    ['bytes', 45, fileBytes - 1],
    ['files', 60, 1],
  ])('are refused together when their %s are too many, also when nobody said so before', async (_, count, size) => {
    const file = (at: number) =>
      `--x\r\nContent-Disposition: form-data; name="file"; filename="m${at}.bin"\r\n\r\n${'y'.repeat(size)}\r\n`;
    const headers = { authorization: `Bearer ${wiki.token}`, 'content-type': 'multipart/form-data; boundary=x' };

    const status = await new Promise((resolve, reject) => {
      const sent = request(`${app.url}${base}/-/files`, { method: 'POST', headers }, (answer) => {
        answer.resume().on('end', () => resolve(answer.statusCode));
      });
      sent.on('error', reject);
      // Without a length in its head, the form comes in chunks.
      for (let at = 0; at < count; at += 1) sent.write(file(at));
      sent.end('--x--\r\n');
    });

    expect(status).toBe(413);
    expect((await stranger.open(`${base}/-/files?q=m1`)).main).toContain('No file has that in its name.');
  });

  it('are replaced, and each revision of them stays where it can be fetched for good', async () => {
    await send('files', { 'seeds.csv': 'one' });
    const about = await alice.open(`${base}/-/attachment/seeds.csv`);
    const stale = await alice.open(`${base}/-/attachment/seeds.csv`);

    const replaced = await alice.sendFiles(about, `${base}/-/attachment/seeds.csv`, { 'other name.csv': 'two' });

    expect(await bytes('seeds.csv')).toBe('two');
    const old = replaced.all('a').flatMap((link) => {
      const address = attributeOf(link, 'href') ?? '';
      return address.includes('?revision=') ? [address] : [];
    });
    expect(old).toHaveLength(2);
    const first = await stranger.open(old[1] ?? '');
    expect(first.text).toBe('one');
    expect(first.headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
    const late = await alice.sendFiles(stale, `${base}/-/attachment/seeds.csv`, { 'third.csv': 'three' });
    expect(late.status).toBe(412);
    expect(await bytes('seeds.csv')).toBe('two');

    await alice.submit(replaced, '/-/restore-file/seeds.csv');
    expect(await bytes('seeds.csv')).toBe('one');
  });

  it('move with the links to them, which are named before', async () => {
    await send('files', { 'map.txt': 'here' });
    await put('Way', 'See [[map.txt]] and [it](/map.txt).\n');
    const form = await alice.open(`${base}/-/rename-file/map.txt`);
    expect(form.main).toContain('Way');

    const odd = await alice.submit(form, '/-/rename-file/map.txt', { to: 'a:b.txt' });
    expect([odd.status, odd.main.includes('it contains :')]).toEqual([422, true]);
    const moved = await alice.submit(form, '/-/rename-file/map.txt', { to: 'Maps/the map.txt' });

    expect(new URL(moved.url).pathname).toBe(`${base}/-/attachment/Maps/the%20map.txt`);
    expect(await text('Way')).toBe('See [[Maps/the map.txt]] and [it](/Maps/the%20map.txt).\n');
    expect(moved.main).toContain('then called map.txt');
  });

  it('are deleted with a word on the pages that use them, listed as deleted, and brought back', async () => {
    await send('files', { 'gone.txt': 'back' });
    await put('Misses', '[[gone.txt]]\n');
    const form = await alice.open(`${base}/-/delete-file/gone.txt`);
    expect(form.main).toContain('Misses');

    const list = await alice.submit(form, '/-/delete-file/gone.txt');
    expect(new URL(list.url).pathname).toBe(`${base}/-/files`);
    expect(names(list)).not.toContain('gone.txt');
    expect(names(await alice.open(`${base}/-/files?show=deleted`))).toEqual(['gone.txt']);
    const about = await alice.open(`${base}/-/attachment/gone.txt`);
    expect(about.main).toContain('This file was deleted.');

    await alice.submit(about, '/-/restore-file/gone.txt');
    expect(await bytes('gone.txt')).toBe('back');
  });

  it('are not changed by whoever may only read, and what there is not is not found', async () => {
    for (const kind of ['rename-file', 'delete-file'])
      expect((await stranger.open(`${base}/-/${kind}/Beds/notes.txt`)).status).toBe(404);
    for (const path of ['files/Nowhere', 'attachment/nothing.txt', 'attachment/Beds.md', 'thumbnail/nothing.png'])
      expect([path, (await alice.open(`${base}/-/${path}`)).status]).toEqual([path, 404]);
    expect((await alice.open(`${base}/-/files/..%2Fx`)).status).toBe(422);
    expect((await alice.open(`${base}/-/files?cursor=x`)).status).toBe(422);
    const about = await stranger.open(`${base}/-/attachment/Beds/notes.txt`);
    expect(about.status).toBe(200);
    expect(about.all('form').some((form) => attributeOf(form, 'method') === 'post')).toBe(false);
    for (const path of ['files', 'files/Home', 'attachment/a.txt', 'thumbnail/a.png'])
      expect((await stranger.open(`/@alice/cellar/-/${path}`)).status).toBe(404);
  });

  it('cannot put anything of theirs into our pages', async () => {
    const name = `'onerror=alert(1) <b>.png`.replaceAll(/[<>:"|?*\\]/g, '');
    await send('files', { [name]: 'x', '${x}&amp;.png': 'x' });

    const page = await stranger.open(`${base}/-/files?show=loose`);

    expect(names(page)).toEqual(expect.arrayContaining([name, '${x}&amp;.png']));
    expect(page.all('img').every((image) => attributeOf(image, 'onerror') === null)).toBe(true);
  });
});
