import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../kit/app.js';
import { HostBrowser } from '../kit/host-browser.js';
import { RestClient } from '../kit/rest-client.js';
import { attributeOf, type WebPage } from '../kit/web-client.js';

const password = 'correct horse battery';

describe.each(['http', 'https'])('signing in on the hosts of wikis, with %s', (scheme) => {
  const at = (host: string, path = '') => `${scheme}://${host}${path}`;
  const [main, alices, bobs, slugs] = [
    'wikibot.test',
    'alice.wikibot.test',
    'bob.wikibot.test',
    'field-notes.wikibot.test',
  ];
  const session = scheme === 'https' ? '__Host-wikibot' : 'wikibot';
  let app: TestApp;
  let browser: HostBrowser;

  beforeAll(async () => {
    app = await startApp({ BASE_URL: at(main), WILDCARD_DNS: 'true' });
    for (const owner of ['alice', 'bob']) {
      const { token } = await app.addUser(owner);
      const rest = new RestClient(app.url, token, { host: main });
      expect((await rest.post('/api/v1/wikis', { slug: 'cellar', name: 'Cellar' })).status).toBe(201);
      await app.rooms.people.setPassword(owner, password);
    }
    const { secret } = await app.rooms.tokens.createFor('alice', { label: 'x', verbs: ['read', 'write', 'admin'] });
    const rest = new RestClient(app.url, secret, { host: main });
    const slug = { slug: 'journal', name: 'Journal', custom_slug: 'field-notes' };
    expect((await rest.post('/api/v1/wikis', slug)).status).toBe(201);
    const granted = await rest.put('/api/v1/wikis/alice/journal/members/bob', { role: 'editor' });
    expect(granted.status, JSON.stringify(granted.body)).toBeLessThan(300);
  });
  beforeEach(() => void (browser = new HostBrowser(app.url)));
  afterAll(() => app?.stop());

  const link = (page: WebPage, text: RegExp) =>
    attributeOf(
      page.all('a').find((one) => text.test(attributeOf(one, 'href') ?? '')),
      'href',
    ) ?? '';
  /** Follows "Sign in" of what is not shown, and gives the password where it is asked for. */
  const signIn = async (client: HostBrowser, address: string, login = 'alice') => {
    const hidden = await client.open(address);
    expect(hidden.status).toBe(404);
    const asked = await client.open(new URL(link(hidden, /sign-in/), hidden.url).href);
    if (!asked.url.includes('/auth/sign-in')) return asked;
    expect(new URL(asked.url).host).toBe(main);
    return client.submit(asked, '/auth/sign-in', { login, password });
  };
  const sessionOf = (client: HostBrowser, host: string) => client.cookies(host).get(session);

  it('leads by the platform back to where one came from, with a cookie for that host alone', async () => {
    const page = await signIn(browser, at(alices, '/cellar/Home?from=mail'));

    expect(page.status).toBe(200);
    expect(page.url).toBe(at(alices, '/cellar/Home?from=mail'));
    const cookie = sessionOf(browser, alices);
    expect(cookie?.attributes).toEqual(expect.arrayContaining(['path=/', 'httponly', 'samesite=lax']));
    expect(cookie?.attributes.some((one) => one.startsWith('domain'))).toBe(false);
    expect(cookie?.attributes.includes('secure')).toBe(scheme === 'https');
    expect(sessionOf(browser, main)?.value).not.toBe(cookie?.value);
    expect(
      [...browser.cookies(alices).keys()].every((name) => name.startsWith('__Host-') === (scheme === 'https')),
    ).toBe(true);
  });

  it('asks for the password once, and each host has a session of its own', async () => {
    await signIn(browser, at(alices, '/cellar/Home'), 'bob').catch(() => {});
    expect(sessionOf(browser, main)).toBeDefined();
    const notes = await signIn(browser, at(slugs, '/Home'), 'bob');
    expect([notes.status, notes.url]).toEqual([200, at(slugs, '/Home')]);
    const cellar = await signIn(browser, at(bobs, '/cellar/Home'), 'bob');
    expect([cellar.status, cellar.url]).toEqual([200, at(bobs, '/cellar/Home')]);

    expect(new Set([main, slugs, bobs].map((host) => sessionOf(browser, host)?.value)).size).toBe(3);
  });

  it('the session of one host is good at no other, nor is that of the platform', async () => {
    await signIn(browser, at(alices, '/cellar/Home'));
    for (const [from, to] of [
      [alices, slugs],
      [main, slugs],
      [alices, main],
      [main, alices],
    ] as const) {
      const thief = new HostBrowser(app.url);
      const stolen = sessionOf(browser, from);
      if (stolen !== undefined) thief.cookies(to).set(session, stolen);
      const page = await thief.open(to === main ? at(main, '/account/security') : at(to, '/cellar/Home'));
      expect(page.status, `${from} at ${to}`).toBe(404);
    }
  });

  it('pages are written there, and styles and scripts are found', async () => {
    await signIn(browser, at(alices, '/cellar/Home'));
    const form = await browser.open(at(alices, '/cellar/-/edit/Made'));
    const page = await browser.submit(form, '/-/edit/Made', { content: 'Made on a host.\n' });

    expect([page.status, page.url]).toEqual([200, at(alices, '/cellar/Made')]);
    const style = page.all('link').find((one) => attributeOf(one, 'rel') === 'stylesheet');
    expect(attributeOf(style, 'href')).toMatch(/^\/-\/assets\/site/);
    const foreign = await browser.post(at(alices, '/cellar/-/edit/Made'), {}, { origin: at('bob.wikibot.test') });
    expect(foreign.status).toBe(403);
  });

  it('signing out there ends that session, and offers to end all', async () => {
    await signIn(browser, at(alices, '/cellar/Home'));
    const stolen = sessionOf(browser, alices);
    const page = await browser.submit(await browser.open(at(alices, '/cellar/Home')), '/-/auth/sign-out');

    expect(page.url).toBe(at(alices, '/-/auth/signed-out'));
    expect(sessionOf(browser, alices)).toBeUndefined();
    const thief = new HostBrowser(app.url);
    if (stolen !== undefined) thief.cookies(alices).set(session, stolen);
    expect((await thief.open(at(alices, '/cellar/Home'))).status).toBe(404);
    expect((await browser.open(at(main, '/account/security'))).status).toBe(200);

    await signIn(browser, at(alices, '/cellar/Home'));
    const everywhere = await browser.open(link(page, /sign-out/));
    expect(everywhere.url).toBe(at(main, '/auth/sign-out'));
    await browser.submit(everywhere, '/auth/sign-out');
    expect((await browser.open(at(alices, '/cellar/Home'))).status).toBe(404);
    expect((await browser.open(at(main, '/account/security'))).status).toBe(404);
  });

  it('hosts are listed with the session they came from, and end with signing out everywhere', async () => {
    await signIn(browser, at(alices, '/cellar/Home'));
    const page = await browser.open(at(main, '/account/security'));
    expect(page.main).toContain(alices);

    await browser.submit(page, '/sessions/end-all');
    expect((await browser.open(at(alices, '/cellar/Home'))).status).toBe(404);
  });

  it('a code brought to another browser lets nobody in, and is used up', async () => {
    const [victim, attacker] = [new HostBrowser(app.url), new HostBrowser(app.url)];
    await signIn(attacker, at(alices, '/cellar/Home'));
    await attacker.submit(await attacker.open(at(alices, '/cellar/Home')), '/-/auth/sign-out');
    const left = await attacker.peek(at(alices, '/-/auth/sign-in?next=/cellar'));
    const code = (await attacker.peek(left.location ?? '')).location ?? '';
    expect(code).toMatch(/\/-\/auth\/arrive\?code=[\w-]{43}$/);

    await victim.peek(at(alices, '/-/auth/sign-in?next=/cellar'));
    const page = await victim.open(code);
    expect([page.status, sessionOf(victim, alices)]).toEqual([422, undefined]);
    expect(link(page, /sign-in/)).toBe('/-/auth/sign-in');
    expect((await attacker.open(code)).status).toBe(422);
    expect(sessionOf(attacker, alices)).toBeUndefined();
  });

  it('a code is good at its own host, and once', async () => {
    await signIn(browser, at(alices, '/cellar/Home'));
    await browser.submit(await browser.open(at(alices, '/cellar/Home')), '/-/auth/sign-out');
    const fresh = async () => {
      const left = await browser.peek(at(alices, '/-/auth/sign-in?next=/cellar/Home'));
      return (await browser.peek(left.location ?? '')).location ?? '';
    };
    const elsewhere = (await fresh()).replace(alices, bobs);
    for (const cookie of browser.cookies(alices)) browser.cookies(bobs).set(...cookie);
    expect((await browser.open(elsewhere)).status).toBe(422);

    const code = await fresh();
    expect((await browser.open(code)).url).toBe(at(alices, '/cellar/Home'));
    expect((await browser.open(code)).status).toBe(422);
    expect((await browser.open(at(alices, '/cellar/Home'))).status).toBe(200);
  });

  it.each([
    '//evil.com',
    '/\\evil.com',
    '/\t/evil.com',
    '/\n/evil.com',
    '\\\\evil.com',
    'https://evil.com',
    'https:evil.com',
    'javascript:alert(1)',
    '/..//evil.com',
    '@evil.com',
    '.evil.com',
  ])('leads nowhere else afterwards: %j', async (next) => {
    const begin = at(alices, `/-/auth/sign-in?next=${encodeURIComponent(next)}`);
    const page = await browser.submit(await browser.open(begin), '/auth/sign-in', { login: 'alice', password });
    await browser.open(begin);

    expect(browser.trail.length).toBeGreaterThan(3);
    for (const address of [...browser.trail, page.url]) {
      const { protocol, host } = new URL(address);
      expect([main, alices], address).toContain(host);
      expect(protocol).toBe(`${scheme}:`);
    }
  });

  it.each([
    'evil.com',
    'wikibot.test',
    'wikibot.test.evil.com',
    'a.b.wikibot.test',
    'alice.wikibot.test:99',
    'alice.wikibot.test@evil.com',
    'evil.com/.wikibot.test',
    'evil.com\\.wikibot.test',
    'evil.com#.wikibot.test',
    'auth.wikibot.test',
    'ALICE.wikibot.test',
    'alice.wikibot.test\n',
    '',
  ])('sends no code to %j', async (host) => {
    await signIn(browser, at(alices, '/cellar/Home'));
    const query = new URLSearchParams({ host, next: '/', state: 'a'.repeat(64) });
    const answer = await browser.peek(at(main, `/auth/host?${query}`));

    expect(answer).toEqual({ status: 422, location: null });
    const codes = await app.rooms.database.source.query<unknown[]>(`SELECT 1 FROM host_codes WHERE state LIKE 'aaaa%'`);
    expect(codes).toEqual([]);
  });

  it('there is nothing of it on the platform, and no sign-in form on a host', async () => {
    for (const path of ['/-/auth/sign-in', '/-/auth/arrive?code=x', '/-/auth/signed-out'])
      expect((await browser.open(at(main, path))).status, path).toBe(404);
    expect((await browser.open(at(alices, '/auth/sign-in'))).status).toBe(404);
    expect((await browser.open(at(slugs, '/account/security'))).status).toBe(404);
  });

  it('lets the forms of the platform lead to hosts of wikis, and to no other', async () => {
    const page = await browser.open(at(main, '/auth/sign-in'));

    expect(page.headers.get('content-security-policy')).toContain(`form-action 'self' ${scheme}://*.wikibot.test;`);
  });

  it('links to wikis on their hosts from the platform', async () => {
    await signIn(browser, at(alices, '/cellar/Home'));
    const page = await browser.open(at(main, '/'));

    expect(page.all('a').map((one) => attributeOf(one, 'href'))).toEqual(
      expect.arrayContaining([at(alices, '/cellar'), at(slugs)]),
    );
  });
});
