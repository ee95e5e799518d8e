import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Authenticator, type Lies } from '../../../../libs/acl/test/kit/an-authenticator.js';
import { startApp, type TestApp } from '../kit/app.js';
import { aWiki } from '../kit/a-wiki.js';
import { attributeOf, textOf, WebClient, type WebPage } from '../kit/web-client.js';

const password = 'correct horse battery';
const base = 'http://localhost:8080';
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const security = '/account/security';

describe('how one signs in, and where one is signed in', () => {
  let app: TestApp;
  let browser: WebClient;
  let device: Authenticator;
  let count = 0;
  let login: string;

  beforeAll(async () => {
    app = await startApp({ BASE_URL: base });
  });
  beforeEach(async () => {
    login = `person-${(count += 1)}`;
    await aWiki(app, login, 'cellar');
    await app.rooms.people.setPassword(login, password);
    browser = new WebClient(app.url, { 'user-agent': firefox });
    device = new Authenticator(base);
  });
  afterAll(() => app?.stop());

  const signIn = async (client: WebClient) =>
    client.submit(await client.open(`/auth/sign-in?next=${security}`), '/auth/sign-in', { login, password });
  const formOf = (page: WebPage, action: string) =>
    page.all('form').find((form) => attributeOf(form, 'action')?.endsWith(action));
  const tokenOn = (page: WebPage) =>
    attributeOf(
      page.all('input').find((input) => attributeOf(input, 'name') === 'form_token'),
      'value',
    ) ?? '';
  const options = async (client: WebClient, page: WebPage, path: string) => {
    const answer = await client.post(path, new URLSearchParams(), { 'x-form-token': tokenOn(page) });
    return { status: answer.status, asked: answer.status === 200 ? JSON.parse(answer.text) : null };
  };
  const add = async (client: WebClient, name = 'laptop', lies: Lies = {}) => {
    const page = await client.open(security);
    const { asked } = await options(client, page, `${security}/passkeys/options`);
    return client.submit(page, '/passkeys', { name, answer: JSON.stringify(device.create(asked, lies)) });
  };
  const withPasskey = async (
    client: WebClient,
    { next = security, lies = {} }: { next?: string; lies?: Lies } = {},
  ) => {
    const page = await client.open(`/auth/sign-in?next=${encodeURIComponent(next)}`);
    const { asked } = await options(client, page, '/auth/passkey/options');
    return client.submit(page, '/auth/passkey', { answer: JSON.stringify(device.get(asked, lies)) });
  };
  const cookieOf = (client: WebClient, name = 'wikibot') =>
    (client as unknown as { cookies: Map<string, string> }).cookies.get(name);
  const forgetProof = () =>
    app.rooms.database.source.query(`UPDATE sessions SET proved_at = now() - interval '1 hour'`);
  const badges = (page: WebPage) => page.all('span').map(textOf);

  it('is for whoever is signed in', async () => {
    const page = await browser.open(security);

    expect(page.status).toBe(404);
    const ways = page.all('a').map((link) => attributeOf(link, 'href'));
    expect(ways).toContain(`/auth/sign-in?next=${encodeURIComponent(security)}`);
  });

  it('a passkey is added, and signs in from a browser that knows no name', async () => {
    await signIn(browser);
    const added = await add(browser);
    expect([added.status, new URL(added.url).pathname]).toEqual([200, security]);
    expect(added.main).toContain('laptop');

    const other = new WebClient(app.url, { 'user-agent': firefox });
    const arrived = await withPasskey(other, { next: `/@${login}/cellar` });
    expect([arrived.status, new URL(arrived.url).pathname]).toEqual([200, `/@${login}/cellar`]);
    expect(other.cookieNames).toContain('wikibot');
    expect((await other.open(security)).main).toMatch(/laptop.*last used/s);
  });

  it('the sign-in form lets passkeys be filled in, and its script is the only one beside that of every page', async () => {
    const page = await browser.open('/auth/sign-in');
    const field = page.all('input').find((input) => attributeOf(input, 'name') === 'login');

    expect(attributeOf(field, 'autocomplete')).toBe('username webauthn');
    const form = formOf(page, '/auth/passkey');
    expect([attributeOf(form, 'data-origin'), attributeOf(form, 'hidden')]).toEqual([base, '']);
    expect(page.all('script').map((script) => attributeOf(script, 'src')?.replace(/-[A-Z0-9]{8}/, ''))).toHaveLength(2);
  });

  it('signing in with a passkey makes a new session and ends the one before', async () => {
    await signIn(browser);
    await add(browser);
    const before = cookieOf(browser);
    const thief = new WebClient(app.url);
    Object.assign(thief, { cookies: new Map([['wikibot', before]]) });
    expect((await thief.open(security)).status).toBe(200);

    const page = await browser.open(security);
    await forgetProof();
    const confirm = await browser.open(`${security}/confirm`);
    const { asked } = await options(browser, confirm, '/auth/passkey/options');
    await browser.submit(confirm, '/auth/passkey', { answer: JSON.stringify(device.get(asked)) });

    expect(cookieOf(browser)).not.toBe(before);
    expect((await thief.open(security)).status).toBe(404);
    expect(page.status).toBe(200);
    expect(formOf(await browser.open(security), '/passkeys/remove')).toBeDefined();
  });

  it.each<[string, Lies]>([
    ['of another origin', { origin: 'https://evil.example' }],
    ['of a wiki host', { origin: 'http://alice.localhost:8080' }],
    ['for another site', { rpId: 'evil.example' }],
    ['without verification', { isVerified: false }],
    ['for another challenge', { challenge: 'bWFkZSB1cA' }],
  ])('an answer %s is refused with a reason', async (_, lies) => {
    await signIn(browser);
    const refused = await add(browser, 'x', lies);
    expect(refused.status).toBe(422);
    expect(refused.all('p').some((one) => attributeOf(one, 'role') === 'alert')).toBe(true);
    await add(browser);

    const other = new WebClient(app.url);
    const page = await withPasskey(other, { lies });
    expect(page.status).toBe(422);
    expect(page.main).toContain('That passkey did not work');
    expect(other.cookieNames).not.toContain('wikibot');
  });

  it('an answer is taken once, and from the browser that asked', async () => {
    await signIn(browser);
    await add(browser);
    const [one, two] = [new WebClient(app.url), new WebClient(app.url)];
    const page = await one.open('/auth/sign-in');
    const { asked } = await options(one, page, '/auth/passkey/options');
    const answer = JSON.stringify(device.get(asked));

    const stolen = await two.submit(await two.open('/auth/sign-in'), '/auth/passkey', { answer });
    expect([stolen.status, two.cookieNames.includes('wikibot')]).toEqual([422, false]);
    const late = await one.submit(page, '/auth/passkey', { answer });
    expect([late.status, one.cookieNames.includes('wikibot')]).toEqual([422, false]);
  });

  it.each(['', 'no JSON', 'null', '{}', '{"id":"x","response":{"clientDataJSON":"e30"}}', '[]', '7'])(
    'what is no answer is refused and changes nothing: %j',
    async (answer) => {
      const page = await browser.open('/auth/sign-in');
      const refused = await browser.submit(page, '/auth/passkey', { answer });

      expect(refused.status).toBe(422);
      expect(browser.cookieNames).not.toContain('wikibot');
    },
  );

  it('guesses with a passkey are counted like those of passwords', async () => {
    await signIn(browser);
    await add(browser);
    const guesser = new WebClient(app.url);
    const statuses: number[] = [];
    for (let guess = 0; guess < 11; guess += 1)
      statuses.push((await withPasskey(guesser, { lies: { userHandle: 'AAAA' } })).status);

    expect(statuses).toEqual([...Array<number>(10).fill(422), 429]);
    expect((await guesser.open('/auth/sign-in')).status).toBe(200);
  });

  it('what asks an authenticator takes no request of another site', async () => {
    const page = await browser.open('/auth/sign-in');
    const ask = (headers: Record<string, string>) =>
      browser.post('/auth/passkey/options', new URLSearchParams(), headers);

    expect((await ask({})).status).toBe(403);
    expect((await ask({ 'x-form-token': 'guessed' })).status).toBe(403);
    const token = { 'x-form-token': tokenOn(page) };
    expect((await ask({ ...token, origin: 'https://evil.example' })).status).toBe(403);
    expect((await ask({ ...token, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await ask(token)).status).toBe(200);
    expect((await options(new WebClient(app.url), page, `${security}/passkeys/options`)).status).toBe(403);
  });

  it('passkeys are renamed, and removed after a proof that it is they', async () => {
    await signIn(browser);
    expect((await add(browser, 'no <b>')).status).toBe(422);
    await add(browser);
    await browser.submit(await browser.open(security), '/passkeys/rename', { name: 'key & ring' });
    const proved = await browser.open(security);
    expect(proved.all('strong').map(textOf)).toContain('key & ring');

    await forgetProof();
    const later = await browser.open(security);
    expect(formOf(later, '/passkeys/remove')).toBeUndefined();
    expect((await options(browser, later, `${security}/passkeys/options`)).status).toBe(403);
    const asked = await browser.submit(proved, '/passkeys/remove');
    expect(new URL(asked.url).pathname).toBe(`${security}/confirm`);
    const wrong = await browser.submit(asked, '/security/confirm', { password: 'wrong' });
    expect([wrong.status, wrong.main.includes('The password is wrong.')]).toEqual([422, true]);
    const confirmed = await browser.submit(wrong, '/security/confirm', { password });
    const removed = await browser.submit(confirmed, '/passkeys/remove');
    expect(removed.main).toContain('You have no passkey yet.');
    expect((await withPasskey(new WebClient(app.url))).status).toBe(422);
  });

  it('guesses at the proof are counted too', async () => {
    await signIn(browser);
    const page = await browser.open(`${security}/confirm`);
    const statuses = new Set<number>();
    for (let guess = 0; guess < 21; guess += 1)
      statuses.add((await browser.submit(page, '/security/confirm', { password: `guess ${guess}` })).status);

    expect([...statuses]).toEqual([422, 429]);
  });

  it('the last way to sign in stays, and the page says why', async () => {
    await signIn(browser);
    await add(browser);
    await app.rooms.database.source.query('UPDATE users SET password_hash = NULL WHERE username = $1', [login]);
    const refused = await browser.submit(await browser.open(security), '/passkeys/remove');

    expect(refused.status).toBe(409);
    expect(refused.main).toContain('only way to sign in');
    expect((await withPasskey(new WebClient(app.url))).status).toBe(200);
  });

  it('sessions are listed, this one marked, and ended one by one', async () => {
    await signIn(browser);
    const phone = new WebClient(app.url, { 'user-agent': 'Mozilla/5.0 (iPhone) Version/18.6 Safari/604.1' });
    await signIn(phone);

    const page = await browser.open(security);
    expect(page.main).toContain('Firefox on Linux');
    expect(page.main).toContain('Safari on iPhone');
    expect(page.main).toContain('network 127.0.0.0/24');
    expect(badges(page)).toEqual(['This browser']);
    const ends = page.all('form').filter((form) => attributeOf(form, 'action')?.endsWith('/sessions/end'));
    expect(ends).toHaveLength(2);
    const other =
      (
        await app.rooms.database.source.query<{ id: string }[]>(
          `SELECT s.id FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.username = $1 AND s.agent LIKE '%iPhone%'`,
          [login],
        )
      )[0]?.id ?? '';
    await browser.submit(page, '/sessions/end', { id: other });
    expect([(await phone.open(security)).status, (await browser.open(security)).status]).toEqual([404, 200]);
    const again = await browser.submit(page, '/sessions/end', { id: other });
    expect([again.status, again.main.includes('no such session')]).toEqual([404, true]);
  });

  it('to sign out everywhere ends them all', async () => {
    await signIn(browser);
    const other = new WebClient(app.url);
    await signIn(other);

    const page = await browser.submit(await browser.open(security), '/sessions/end-all');
    expect(new URL(page.url).pathname).toBe('/');
    expect(browser.cookieNames).not.toContain('wikibot');
    expect([(await browser.open(security)).status, (await other.open(security)).status]).toEqual([404, 404]);
  });

  it('nobody ends or changes what belongs to somebody else, and no token does', async () => {
    await signIn(browser);
    await add(browser);
    const mine = await browser.open(security);
    const id =
      attributeOf(
        mine.all('input').find((input) => attributeOf(input, 'name') === 'id'),
        'value',
      ) ?? '';
    const [victim, { token }] = [login, await app.addUser(`${login}-x`)];
    await app.rooms.people.setPassword(`${login}-x`, password);
    login = `${login}-x`;
    const other = new WebClient(app.url);
    await signIn(other);
    const page = await other.open(security);

    const form = { form_token: tokenOn(page), id, name: 'stolen' };
    const tried = await Promise.all(
      ['passkeys/remove', 'passkeys/rename', 'sessions/end'].map((what) =>
        other.post(`${security}/${what}`, new URLSearchParams(form)),
      ),
    );
    expect(tried.map(({ status }) => status)).toEqual([404, 404, 404]);
    const bearer = new WebClient(app.url, { authorization: `Bearer ${token}` });
    const byToken = await bearer.post(`${security}/passkeys/options`, new URLSearchParams());
    expect(byToken.status).toBe(403);
    expect((await bearer.post(`${security}/sessions/end-all`, new URLSearchParams())).status).toBe(403);
    expect((await browser.open(security)).main).toContain('laptop');
    expect((await other.open(security)).status).toBe(200);
    expect(victim).not.toBe(login);
  });
});
