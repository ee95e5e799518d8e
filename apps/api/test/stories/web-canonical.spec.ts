import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../kit/app.js';
import { GitClient } from '../kit/git-client.js';
import { HostBrowser } from '../kit/host-browser.js';
import { RestClient } from '../kit/rest-client.js';
import { attributeOf, type WebPage } from '../kit/web-client.js';

interface Place {
  host: string;
  /** The path of the wiki there. */
  base: string;
}

const platform = 'wikibot.test';
const slugHost: Place = { host: 'field-notes.wikibot.test', base: '' };
const ownerHost: Place = { host: 'alice.wikibot.test', base: '/notes' };
const slugPath: Place = { host: platform, base: '/@field-notes' };
const ownerPath: Place = { host: platform, base: '/@alice/notes' };
const places = [slugHost, ownerHost, slugPath, ownerPath];

describe.each([
  ['paths', 'false', slugPath],
  ['hosts', 'true', slugHost],
] as const)('a wiki with a custom slug, where wikis have %s', (_, wildcard, home) => {
  let app: TestApp;
  let git: GitClient;
  let token: string;
  let browser: HostBrowser;

  const others = places.filter((place) => place !== home);
  const at = ({ host, base }: Place, path = '') => `http://${host}${base}${path}`;
  const peek = (address: string) => browser.peek(address);
  const restAt = ({ host, base }: Place, as: string | null = token) =>
    new RestClient(app.url, as, { host }).under(`${base}/api/v1`);
  /** Where a redirect leads, from the page that it was asked at. */
  const ledTo = (address: string, location: string | null) => new URL(location ?? 'x:nowhere', address).href;

  beforeAll(async () => {
    app = await startApp({ BASE_URL: `http://${platform}`, WILDCARD_DNS: wildcard });
    git = await GitClient.create();
    browser = new HostBrowser(app.url);
    token = (await app.addUser('alice')).token;
    const rest = new RestClient(app.url, token, { host: platform });
    const fields = { slug: 'notes', name: 'Notes', custom_slug: 'field-notes', visibility: 'public' };
    expect((await rest.post('/api/v1/wikis', fields)).status).toBe(201);
    const hidden = { slug: 'hidden', name: 'Hidden', custom_slug: 'secret-notes' };
    expect((await rest.post('/api/v1/wikis', hidden)).status).toBe(201);
    const plain = { slug: 'plain', name: 'Plain', visibility: 'public' };
    expect((await rest.post('/api/v1/wikis', plain)).status).toBe(201);
    for (const path of ['guide', 'Folder/Page', 'notes', 'api-of-it/mcp'])
      expect((await restAt(home).put(`/pages/${path}`, { content: `This is ${path}.\n` })).status).toBe(201);
  });
  afterAll(async () => {
    await git?.remove();
    await app?.stop();
  });

  it.each(['', '/Folder/Page', '/guide?x=1&y=%C3%A4', '/Folder%2FPage', '/-/history/guide', '/guide.md', '/%41%3Fb?c'])(
    'sends browsers from every other address to its own: %j',
    async (path) => {
      for (const place of others) {
        const { status, location } = await peek(at(place, path));
        expect(status, at(place, path)).toBe(308);
        expect(ledTo(at(place, path), location)).toBe(new URL(at(home, path)).href);
      }
    },
  );

  it.each([
    ['/guide', 'This is guide.'],
    ['/Folder/Page', 'This is Folder/Page.'],
    ['/notes', 'This is notes.'],
    ['/api-of-it/mcp', 'This is api-of-it/mcp.'],
  ])('has its pages there: %s', async (path, text) => {
    const page = await browser.open(at(home, path));

    expect([page.status, page.main.includes(text)]).toEqual([200, true]);
    expect(page.url).toBe(at(home, path));
  });

  it('every link on its pages leads to a page of it', async () => {
    const page = await browser.open(at(home));
    const links = (of: WebPage) => of.all('a').map((one) => new URL(attributeOf(one, 'href') ?? '', of.url));
    const own = links(page).filter(({ hash, pathname }) => hash === '' && !pathname.includes('sign-in'));

    expect(own.length).toBeGreaterThan(5);
    for (const address of own) expect((await peek(address.href)).status, address.href).toBe(200);
  });

  it('REST reads and writes in place at all addresses', async () => {
    for (const place of places) {
      const appended = await restAt(place).post('/pages/guide/append', { content: `At ${place.host}${place.base}.\n` });
      expect(appended.status, JSON.stringify(appended.body)).toBe(200);
      const read = await restAt(place, null).get('/pages/guide');
      expect([read.status, String(read.body['content'])]).toEqual([
        200,
        expect.stringContaining(`At ${place.host}${place.base}.`),
      ]);
    }
  });

  it('MCP answers in place at all addresses', async () => {
    for (const { host, base } of places) {
      const answer = await new RestClient(app.url, token, {
        ...{ host, accept: 'application/json, text/event-stream', 'mcp-protocol-version': '2025-11-25' },
      }).post(`${base}/mcp`, {
        ...{ jsonrpc: '2.0', id: 1, method: 'tools/call' },
        params: { name: 'read_note', arguments: { path: 'Folder/Page' } },
      });
      expect([answer.status, answer.bytes.toString()]).toEqual([200, expect.stringContaining('This is Folder/Page.')]);
    }
  });

  it('git clones and pushes in place at all addresses', async () => {
    const { port } = new URL(app.url);
    for (const [number, { host, base }] of places.entries()) {
      const name = base === '' || base === '/@field-notes' ? `${base}/field-notes.git` : `${base}.git`;
      const through = ['-c', `http.extraHeader=Host: ${host}`, '-c', 'http.followRedirects=false'];
      const origin = `http://any:${token}@127.0.0.1:${port}${name}`;
      await git.run([...through, 'clone', '--quiet', origin, `clone-${number}`]);
      const folder = git.path(`clone-${number}`);
      await git.run(['commit', '--quiet', '--allow-empty', '-m', `From ${host}`], folder);
      const pushed = await git.try([...through, 'push', '--quiet', 'origin', 'HEAD:main'], folder);
      expect(pushed.code, pushed.stderr).toBe(0);
    }
  });

  it('what a form sends to an old address is taken there, and answered with the new one', async () => {
    await app.rooms.people.setPassword('alice', 'correct horse battery');
    const place = wildcard === 'true' ? ownerHost : ownerPath;
    const alice = new HostBrowser(app.url);
    const begin = wildcard === 'true' ? `http://${place.host}/-/auth/sign-in` : `http://${platform}/auth/sign-in`;
    const form = await alice.open(begin);
    await alice.submit(form, '/auth/sign-in', { login: 'alice', password: 'correct horse battery' });
    const plain = await alice.open(at({ ...place, base: place.base.replace('notes', 'plain') }, '/-/edit/Try'));
    const field = plain.all('input').find((one) => attributeOf(one, 'name') === 'form_token');
    const fields = { form_token: attributeOf(field, 'value') ?? '', content: 'By form.\n' };

    const saved = await alice.post(at(place, '/-/edit/By-form'), fields);

    expect([saved.status, saved.url]).toEqual([200, at(home, '/By-form')]);
    expect((await restAt(home).get('/pages/By-form')).body['content']).toBe('By form.\n');
  });

  it('says nothing of a wiki that one may not see', async () => {
    const hidden = await peek(`http://${platform}/@alice/hidden/Home`);
    const missing = await peek(`http://${platform}/@alice/nowhere/Home`);
    const [bySlug, byNone] = await Promise.all(
      ['secret-notes', 'no-such-notes'].map((name) => peek(`http://${platform}/@${name}/Home`)),
    );

    expect([hidden, missing, bySlug, byNone]).toEqual(Array(4).fill({ status: 404, location: null }));
  });

  it('a redirect is not kept by browsers, for slugs come and go', async () => {
    const answer = await new RestClient(app.url, null, { host: platform, accept: 'text/html' }).get(
      '/@alice/notes/guide',
    );

    expect([answer.status, answer.headers['cache-control']]).toEqual([308, 'no-store']);
  });

  it('leads back to the old address when the slug is given up, and other wikis of the owner stay where they are', async () => {
    const plain = wildcard === 'true' ? 'http://alice.wikibot.test/plain' : `http://${platform}/@alice/plain`;
    expect((await peek(`${plain}/Home`)).status).toBe(200);
    const rest = new RestClient(app.url, token, { host: platform });
    const gone = await rest.put('/api/v1/wikis/alice/notes/custom-slug', { custom_slug: null });
    expect(gone.status, JSON.stringify(gone.body)).toBeLessThan(300);

    const owned = wildcard === 'true' ? ownerHost : ownerPath;
    expect((await peek(at(owned, '/guide'))).status).toBe(200);
    expect((await peek(at(home, '/guide'))).status).toBe(404);
  });
});
