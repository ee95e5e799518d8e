import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWiki } from '../kit/a-wiki.js';
import { startApp } from '../kit/app.js';
import type { RestClient } from '../kit/rest-client.js';

describe('page paths in REST addresses', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  let rest: RestClient;

  beforeAll(async () => {
    app = await startApp();
    rest = (await aWiki(app, 'alice', 'notes')).rest;
  });
  afterAll(() => app?.stop());

  it.each([
    ['Actors/Iran', 'Actors%2FIran'],
    ['Actors/Iraq', 'Actors/Iraq'],
    ['With Blank/And More', 'With%20Blank%2FAnd%20More'],
    ['under_score', 'under_score'],
    ['a%41', 'a%2541'],
    ['100%', '100%25'],
    ['ایران/تهران', encodeURIComponent('ایران/تهران')],
    ['C++ & co', 'C%2B%2B%20%26%20co'],
    ['a#b', 'a%23b'],
    ['a;b=c', 'a;b=c'],
    ['constructor', 'constructor'],
    ['__proto__', '__proto__'],
    ['v1.2', 'v1.2'],
    ['a..b', 'a..b'],
  ])('%s is reached as %s', async (path, address) => {
    const made = await rest.put(`/pages/${address}`, { content: `I am ${path}\n` });
    const read = await rest.get(`/pages/${address}`);
    const list = await rest.get('/pages?limit=1000');

    expect(made.status, JSON.stringify(made.body)).toBe(201);
    expect(made.body.path).toBe(path);
    expect(read.body).toMatchObject({ path, content: `I am ${path}\n` });
    expect((list.body.pages as { path: string }[]).map((row) => row.path)).toContain(path);
  });

  it.each(['history', 'rename', 'links', 'diff', 'blame', 'restore', 'append', 'section', 'attachments'])(
    'a page whose last segment is %s is reached by its encoded path',
    async (leaf) => {
      const address = encodeURIComponent(`Leaf/${leaf}`);
      const made = await rest.put(`/pages/${address}`, { content: 'leaf\n' });
      const read = await rest.get(`/pages/${address}`);
      const history = await rest.get(`/pages/${address}/history`);

      expect(made.status, JSON.stringify(made.body)).toBe(201);
      expect(read.body).toMatchObject({ path: `Leaf/${leaf}`, content: 'leaf\n' });
      expect(history.body).toMatchObject({ path: `Leaf/${leaf}` });
    },
  );

  it('with plain slashes a known sub-resource at the end wins', async () => {
    await rest.put('/pages/Plain%2FPage', { content: 'plain\n' });

    const history = await rest.get('/pages/Plain/Page/history');

    expect(history.body).toMatchObject({ path: 'Plain/Page', history: [expect.anything()] });
  });

  it.each([
    '%2e%2e%2fsecret',
    '..%2Fsecret',
    'a/../../secret',
    'a%2F..%2F..%2Fsecret',
    '%2e%2e/%2e%2e/secret',
    '..%5C..%5Csecret',
    'x%00y',
    '%252e%252e%252fsecret',
    '.git%2Fconfig',
    '.git/config',
    '%2Fetc%2Fpasswd',
    '/etc/passwd',
    'a%2F%2Fb',
    '%ff%fe',
    '%',
    '%zz',
  ])('%s reads and writes nothing outside, and is never our fault', async (address) => {
    const read = await rest.get(`/pages/${address}`);
    const written = await rest.put(`/pages/${address}`, { content: 'x' });

    expect([400, 404, 422], `GET ${read.status}`).toContain(read.status);
    // A doubly encoded address names a page with percent signs in it, which is a name like any other.
    const isLiteral = address.startsWith('%25');
    expect(isLiteral ? [201] : [400, 404, 422], `PUT ${written.status}`).toContain(written.status);
    if (isLiteral) expect(written.body.path).toBe('%2e%2e%2fsecret');
  });

  it('an internal address is nobody outside', async () => {
    const raw = await rest.as(null).get('/../../../~wiki/api/v1/pages');

    expect([400, 401, 404]).toContain(raw.status);
  });

  it.each(['-', 'api', 'mcp', '.well-known', '-/x', 'api/v1'])('a page named %s is refused', async (path) => {
    const made = await rest.put(`/pages/${encodeURIComponent(path)}`, { content: 'x' });

    expect(made.status).toBe(422);
    expect(made.body.type).toBe('/problems/path-not-allowed');
  });

  it('a twin of an existing page is refused', async () => {
    await rest.put('/pages/Twin', { content: 'x' });

    const twin = await rest.put('/pages/twin', { content: 'x' });

    expect([409, 422]).toContain(twin.status);
    expect(twin.body.type).toBe('/problems/path-twin');
  });
});
