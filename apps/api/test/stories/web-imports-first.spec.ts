import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../kit/app.js';
import { settled, zipOf } from '../kit/imports.js';
import { attributeOf, valuesOf, WebClient } from '../kit/web-client.js';

const password = 'correct horse battery';
const most = 300_000;

describe('a server without wikis, and its limits for uploads', { timeout: 120_000 }, () => {
  let app: TestApp;
  let olga: WebClient;
  let bob: WebClient;

  const signIn = async (login: string, isAdmin: boolean) => {
    await app.rooms.people.create({ username: login, isAdmin });
    await app.rooms.people.setPassword(login, password);
    const client = new WebClient(app.url);
    await client.submit(await client.open('/auth/sign-in'), '/auth/sign-in', { login, password });
    return client;
  };
  const folders = () => readdir(join(app.dataDir, 'imports')).catch(() => []);
  const uploadForm = async (client: WebClient) =>
    valuesOf((await client.open('/import')).all('form').find((one) => attributeOf(one, 'action') === '/import')!);

  beforeAll(async () => {
    app = await startApp({ PUSH_BYTES: String(most) });
    olga = await signIn('olga', true);
    bob = await signIn('bob', false);
  });
  afterAll(() => app?.stop());

  it('takes no more than it may, whether or not it is told before how much comes', async () => {
    const large = new Uint8Array(randomBytes(most + 1));
    const told = await bob.sendFiles(await bob.open('/import'), '/import', { 'large.zip': large });
    // Within what a form may have around its file.
    expect([told.status, told.main]).toEqual([413, expect.stringContaining(`may have ${most} bytes`)]);
    const huge = await bob
      .sendFiles(await bob.open('/import'), '/import', { 'huge.zip': new Uint8Array(most + 100_000) })
      .catch(() => null);
    expect(huge === null || huge.status === 413).toBe(true);
    expect(await folders()).toEqual([]);
    expect((await bob.open('/import')).main).not.toContain('Your imports');
  });

  it('keeps nothing of an upload that breaks off', async () => {
    const { form_token: token = '' } = await uploadForm(bob);
    const boundary = 'x-wikibot-x';
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="form_token"\r\n\r\n${token}\r\n--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.zip"\r\n\r\n`;
    const headers = {
      ...{ origin: app.url, cookie: bob.cookieHeader },
      ...{ 'content-type': `multipart/form-data; boundary=${boundary}`, 'content-length': 200_000 },
    };
    const asked = request(`${app.url}/import`, { method: 'POST', headers });
    asked.on('error', () => {});
    asked.write(head);
    asked.write(randomBytes(50_000));
    await expect.poll(folders).toHaveLength(1);

    asked.destroy();

    await expect.poll(folders).toEqual([]);
  });

  it('tells a script in JSON where to go on, or why not', async () => {
    const json = { headers: { accept: 'application/json' } };
    const page = await bob.open('/import');
    const taken = await bob.sendFiles(page, '/import', { 'a.zip': zipOf({ 'Home.md': 'x' }) }, json);
    const { location } = JSON.parse(taken.text) as { location: string };
    expect(location).toMatch(/^\/import\/[0-9a-f-]{36}$/);
    expect(await settled(bob, await bob.open(location))).toMatchObject({ status: 200 });
    const progress = await bob.open(`${location}/progress`);
    expect(JSON.parse(progress.text)).toEqual({ state: 'looked', text: '…', done: null, total: null });
    expect(progress.headers.get('cache-control')).toBe('no-store');
    const none = await bob.sendFiles(page, '/import', { '': '' }, json);
    expect([none.status, JSON.parse(none.text)]).toEqual([422, { files: [{ fault: 'Choose a file first.' }] }]);
    await bob.submit(await bob.open(location), '/discard');
  });

  it('offers the demo wiki to the operator, makes it, and offers it no more', async () => {
    const offer = (client: WebClient) =>
      client
        .open('/import')
        .then((page) => page.all('form').some((one) => attributeOf(one, 'action') === '/import/demo'));
    expect([await offer(olga), await offer(bob)]).toEqual([true, false]);
    const { form_token: token = '' } = await uploadForm(bob);
    expect((await bob.post('/import/demo', new URLSearchParams({ form_token: token }))).status).toBe(403);

    const done = await settled(olga, await olga.submit(await olga.open('/import'), '/import/demo'));

    expect(done.main).toContain('The wiki is there');
    expect(done.main.replace(/\s+/g, ' ')).toMatch(/Pages9\d/);
    expect((await new WebClient(app.url).open('/@olga/shore')).status).toBe(200);
    expect(await offer(olga)).toBe(false);
  });
});
