import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestApp, startApp } from '../kit/app.js';
import { aWiki } from '../kit/a-wiki.js';
import { WebClient } from '../kit/web-client.js';

const password = 'correct horse battery';

describe('signing in with a browser', () => {
  let app: TestApp;
  let browser: WebClient;

  beforeAll(async () => {
    app = await startApp();
    await aWiki(app, 'alice', 'cellar');
    await aWiki(app, 'bob', 'cellar');
    for (const name of ['alice', 'bob']) await app.rooms.people.setPassword(name, password);
  });
  beforeEach(() => void (browser = new WebClient(app.url)));
  afterAll(() => app?.stop());

  const signIn = async (client: WebClient, given: { login?: string; password?: string; next?: string } = {}) => {
    const { login = 'alice', next = '/@alice/cellar', ...rest } = given;
    const page = await client.open(`/auth/sign-in?next=${encodeURIComponent(next)}`);
    return client.submit(page, '/auth/sign-in', { login, password: rest.password ?? password });
  };

  it('leads back to where one came from, and to what one may see', async () => {
    const page = await signIn(browser);

    expect(new URL(page.url).pathname).toBe('/@alice/cellar');
    expect(page.status).toBe(200);
    expect(page.text).toContain('alice');
    expect(browser.cookieNames).toEqual(expect.arrayContaining(['wikibot', 'wikibot-browser']));
  });

  it('says the same of a wrong password and of somebody who is not there, and keeps what was typed', async () => {
    const wrong = await signIn(browser, { password: 'wrong' });
    const nobody = await signIn(new WebClient(app.url), { login: 'nobody', password: 'wrong' });

    expect([wrong.status, nobody.status]).toEqual([422, 422]);
    expect(wrong.main).toBe(nobody.main);
    expect(wrong.text).toContain('value="alice"');
    expect(browser.cookieNames).not.toContain('wikibot');
  });

  it.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/\t/evil.example',
    '\\\\evil.example',
    'javascript:alert(1)',
    '/..//evil.example',
    'https:evil.example',
  ])('leads nowhere else afterwards: %j', async (next) => {
    const page = await signIn(browser, { next });

    expect(new URL(page.url).host).toBe(new URL(app.url).host);
  });

  it('ends with signing out, for the server too', async () => {
    await signIn(browser);
    const thief = new WebClient(app.url);
    Object.assign(thief, { cookies: new Map((browser as unknown as { cookies: Map<string, string> }).cookies) });
    expect((await thief.open('/@alice/cellar')).status).toBe(200);

    const page = await browser.open('/@alice/cellar');
    await browser.submit(page, '/auth/sign-out');

    expect(browser.cookieNames).not.toContain('wikibot');
    expect((await thief.open('/@alice/cellar')).status).toBe(404);
  });

  it('takes no form that another site sends', async () => {
    await signIn(browser);
    const page = await browser.open('/auth/sign-in');
    const values = new URLSearchParams({ login: 'alice', password, form_token: 'guessed' });

    const guessed = await browser.post('/auth/sign-out', values);
    const foreign = await browser.post('/auth/sign-out', values, { origin: 'https://evil.example' });
    const crossSite = await browser.post('/auth/sign-out', values, { 'sec-fetch-site': 'cross-site' });

    expect([guessed.status, foreign.status, crossSite.status]).toEqual([403, 403, 403]);
    expect((await browser.open('/@alice/cellar')).status).toBe(200);
    expect(page).toBeDefined();
  });

  it('keeps those who guess out, and not the rightful person', async () => {
    const own = new WebClient(app.url);
    const bob = { login: 'bob', next: '/@bob/cellar' };
    await signIn(own, bob);
    await own.submit(await own.open('/@bob/cellar'), '/auth/sign-out');
    const guesser = new WebClient(app.url);
    const statuses: number[] = [];
    for (let guess = 0; guess < 12; guess += 1)
      statuses.push((await signIn(guesser, { ...bob, password: `guess ${guess}` })).status);

    expect(statuses.slice(0, 9)).toEqual(Array(9).fill(422));
    expect(statuses.at(-1)).toBe(429);
    expect((await signIn(guesser, bob)).status).toBe(429);
    expect(new URL((await signIn(own, bob)).url).pathname).toBe('/@bob/cellar');
  });

  it('lets no more guesses through when they come all at once', async () => {
    await aWiki(app, 'carol', 'cellar');
    await app.rooms.people.setPassword('carol', password);
    const guesser = new WebClient(app.url);
    const form = await guesser.open('/auth/sign-in');
    const guess = (n: number) => guesser.submit(form, '/auth/sign-in', { login: 'carol', password: `guess ${n}` });

    const statuses = (await Promise.all(Array.from({ length: 24 }, (_, n) => guess(n)))).map(({ status }) => status);

    expect(statuses.filter((status) => status === 422)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(14);
  });

  it('ends with a new password', async () => {
    await signIn(browser);
    await app.rooms.people.setPassword('alice', password);

    expect((await browser.open('/@alice/cellar')).status).toBe(404);
  });

  it('makes a new session each time, and ends with the account', async () => {
    await signIn(browser);
    const cookies = () => new Map((browser as unknown as { cookies: Map<string, string> }).cookies).get('wikibot');
    const first = cookies();
    await browser.submit(await browser.open('/@alice/cellar'), '/auth/sign-out');
    await signIn(browser);

    expect(cookies()).not.toBe(first);
    await app.rooms.database.source.query("UPDATE users SET suspended_at = now() WHERE username = 'alice'");
    await expect.poll(async () => (await browser.open('/@alice/cellar')).status).toBe(404);
    await app.rooms.database.source.query("UPDATE users SET suspended_at = NULL WHERE username = 'alice'");
  });
});
