import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestApp, startApp } from '../kit/app.js';
import { aMailSink, type MailSink } from '../kit/mail-sink.js';
import { attributeOf, textOf, WebClient, type WebPage } from '../kit/web-client.js';

const [password, another] = ['correct horse battery', 'another horse battery'];

const pathOf = (page: WebPage) => new URL(page.url).pathname;
/** What is said of the fields that were refused, by their names. */
const faultsIn = (page: WebPage) =>
  Object.fromEntries(
    page
      .all('input')
      .filter((input) => attributeOf(input, 'aria-invalid') === 'true')
      .map((input) => {
        const id = `${attributeOf(input, 'id')}-fault`;
        return [attributeOf(input, 'name'), textOf(page.all('p').find((one) => attributeOf(one, 'id') === id))];
      }),
  );

describe('the own account in a browser', () => {
  let sink: MailSink;
  let app: TestApp;
  let browser: WebClient;
  let name: string;
  let people = 0;

  beforeAll(async () => {
    sink = await aMailSink();
    app = await startApp({ SMTP_URL: sink.url, TRUST_PROXY: 'true' });
  });
  beforeEach(async () => {
    name = `person-${(people += 1)}`;
    await app.rooms.people.create({ username: name, password, email: `${name}@example.org` });
    browser = client();
    await signIn(browser);
  });
  afterAll(async () => {
    await app?.stop();
    await sink?.close();
  });

  let visitors = 0;
  const client = () => new WebClient(app.url, { 'x-forwarded-for': `198.51.100.${(visitors += 1)}` });
  const signIn = async (who: WebClient, given = password) =>
    who.submit(await who.open('/auth/sign-in?next=/account'), '/auth/sign-in', { login: name, password: given });
  const send = async (form: string, fields: Record<string, string>, who = browser) =>
    who.submit(await who.open('/account'), `/account/${form}`, fields);
  const isIn = async (who: WebClient) => pathOf(await who.open('/account')) === '/account';
  const follow = (link: string | undefined, who = browser) => {
    const { pathname, search } = new URL(link ?? '');
    return who.open(pathname + search);
  };

  it('knows people by the address that the proxy saw, whatever they write before it', async () => {
    const sly = new WebClient(app.url, { 'x-forwarded-for': '203.0.113.9, 192.0.2.77' });
    await signIn(sly);

    const { main } = await sly.open('/account/security');

    expect(main).toContain('192.0.2.0/24');
    expect(main).not.toContain('203.0.113');
  });

  it('is reached from one own page, by password managers, and by whoever signs in first', async () => {
    expect((await browser.open('/')).all('a').map((a) => attributeOf(a, 'href'))).toContain('/account');
    expect(pathOf(await browser.open('/.well-known/change-password'))).toBe('/account');
    expect((await browser.open('/account')).all('a').map((a) => attributeOf(a, 'href'))).toContain('/account/security');

    const stranger = await client().open('/account');
    expect(stranger.url).toContain('/auth/sign-in?next=%2Faccount');
  });

  it('has a name that can be changed', async () => {
    const page = await send('name', { display_name: ' Zoë ' });

    expect([page.status, pathOf(page)]).toEqual([200, '/account']);
    expect(page.main).toContain('Your name is saved.');
    expect((await app.rooms.people.find(name))?.displayName).toBe('Zoë');
  });

  it.each(['', 'a\nb', 'http://evil.example', '<i>x</i>'])('takes no name like %j', async (display_name) => {
    const page = await send('name', { display_name });

    expect(page.status).toBe(422);
    expect(Object.keys(faultsIn(page))).toEqual(['display_name']);
    expect(page.all('i')).toEqual([]);
    expect((await app.rooms.people.find(name))?.displayName).toBe(name);
  });

  it('changes its password with the one before, and ends the other sessions', async () => {
    const other = client();
    await signIn(other);
    const wrong = await send('password', { current_password: 'wrong', new_password: another });
    expect([wrong.status, faultsIn(wrong)]).toEqual([422, { current_password: 'This password is wrong.' }]);
    const short = await send('password', { current_password: password, new_password: 'short' });
    expect(faultsIn(short)).toEqual({ new_password: 'This password does not have 8 to 256 characters.' });
    expect(await isIn(other)).toBe(true);

    const page = await send('password', { current_password: password, new_password: another });

    expect(page.main).toContain('Your password is changed.');
    expect([await isIn(browser), await isIn(other)]).toEqual([true, false]);
    expect(pathOf(await signIn(client(), another))).toBe('/account');
    expect((await sink.newest(`${name}@example.org`)).subject).toContain('Your password was changed');
  });

  it('does not let whoever finds a browser open guess the password', async () => {
    const statuses: number[] = [];
    for (let guess = 0; guess < 22; guess += 1)
      statuses.push((await send('password', { current_password: `guess ${guess}`, new_password: another })).status);

    expect(statuses[0]).toBe(422);
    expect(statuses.at(-1)).toBe(429);
  });

  it('changes its address when the link is followed, and tells the one before', async () => {
    const wrong = await send('email', { email: `${name}@new.example`, own_password: 'wrong' });
    expect(faultsIn(wrong)).toEqual({ own_password: 'This password is wrong.' });
    expect(
      attributeOf(
        wrong.all('input').find((one) => attributeOf(one, 'name') === 'email'),
        'value',
      ),
    ).toBe(`${name}@new.example`);
    const page = await send('email', { email: `${name}@new.example`, own_password: password });
    expect(page.main).toContain('Look in the mail of the new address');
    expect((await app.rooms.people.find(name))?.email).toBe(`${name}@example.org`);
    const mail = await sink.newest(`${name}@new.example`);

    // On another device, where nobody is signed in.
    const phone = client();
    const confirming = await follow(mail.links[1], phone);
    expect(confirming.main).toContain(`${name}@new.example becomes the address of the account ${name}.`);
    expect((await app.rooms.people.find(name))?.email).toBe(`${name}@example.org`);
    expect(pathOf(await phone.submit(confirming, '/auth/confirm-email'))).toBe('/auth/confirmed');

    expect((await app.rooms.people.find(name))?.email).toBe(`${name}@new.example`);
    expect((await sink.newest(`${name}@example.org`)).subject).toContain('Your e-mail address was changed');
    expect((await follow(mail.links[1], phone)).status).toBe(404);
    expect((await phone.submit(confirming, '/auth/confirm-email')).status).toBe(404);
  });

  it('says the same of an address that somebody else has', async () => {
    const mine = await send('email', { email: `${name}-2@example.org`, own_password: password });
    const theirs = await send('email', { email: 'Person-1@example.org', own_password: password });

    expect(theirs.main).toBe(mine.main);
    expect(theirs.url).toBe(mine.url);
  });

  it('is changed by no form of another site, and by nobody', async () => {
    const values = new URLSearchParams({ display_name: 'Mallory', form_token: 'guessed' });

    expect((await browser.post('/account/name', values)).status).toBe(403);
    expect((await browser.post('/account/name', values, { origin: 'https://evil.example' })).status).toBe(403);
    const stranger = client();
    const { text } = await stranger.open('/auth/sign-in');
    const token = /name="form_token" value="([^"]+)"/.exec(text)?.[1] ?? '';
    const sent = await stranger.post('/account/name', new URLSearchParams({ display_name: 'x', form_token: token }));
    expect(sent.status).toBe(404);
    expect((await app.rooms.people.find(name))?.displayName).toBe(name);
  });

  describe('whose password is forgotten', () => {
    const forget = async (login: string, who = client()) =>
      who.submit(await who.open('/auth/forgotten'), '/auth/forgotten', { login });
    const resetLink = async () => {
      const before = sink.mails.filter(({ to }) => to === `${name}@example.org`).length;
      await forget(name);
      return (await sink.newest(`${name}@example.org`, before + 1)).links[1];
    };

    it('gets a new one by a link, once, which ends every session', async () => {
      const link = await resetLink();
      const phone = client();
      const [page, late] = [await follow(link, phone), client()];
      const pageOfLate = await follow(link, late);
      const short = await phone.submit(page, '/auth/reset', { password: 'short' });
      expect(Object.keys(faultsIn(short))).toEqual(['password']);

      expect(pathOf(await phone.submit(short, '/auth/reset', { password: another }))).toBe('/');

      expect([await isIn(phone), await isIn(browser)]).toEqual([true, false]);
      expect((await signIn(client())).status).toBe(422);
      expect((await follow(link)).status).toBe(404);
      expect((await late.submit(pageOfLate, '/auth/reset', { password })).status).toBe(404);
    });

    it('is not kept from it by others who ask and guess', async () => {
      const link = await resetLink();
      const attacker = client();
      for (let time = 0; time < 12; time += 1) {
        await forget(name, attacker);
        await signIn(attacker, `guess ${time}`);
      }

      const phone = client();
      await phone.submit(await follow(link, phone), '/auth/reset', { password: another });
      expect(await isIn(phone)).toBe(true);
      expect(sink.mails.filter(({ to }) => to === `${name}@example.org`).length).toBeLessThan(8);
    });

    it('gets no link after an hour', async () => {
      const link = await resetLink();
      await app.rooms.database.source.query(`UPDATE account_links SET expires_at = now()`);

      const page = await follow(link);
      expect(page.status).toBe(404);
      expect(page.all('a').map((a) => attributeOf(a, 'href'))).toContain('/auth/forgotten');
    });
  });
});
