import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestApp, startApp } from '../kit/app.js';
import { aMailSink, type MailSink } from '../kit/mail-sink.js';
import { RestClient } from '../kit/rest-client.js';
import { attributeOf, WebClient, type WebPage } from '../kit/web-client.js';

const password = 'correct horse battery';

/** A page without what differs between any two of them: the secrets in its forms. */
const shown = ({ status, text }: WebPage) => [status, text.replace(/value="[\w-]{43}"/g, '')];
const pathOf = (page: WebPage) => new URL(page.url).pathname;
const faultsIn = (page: WebPage) =>
  page
    .all('input')
    .filter((input) => attributeOf(input, 'aria-invalid') === 'true')
    .map((input) => attributeOf(input, 'name'));

describe('making an account in a browser, where mails are sent', () => {
  let sink: MailSink;
  let app: TestApp;
  let browser: WebClient;

  beforeAll(async () => {
    sink = await aMailSink();
    app = await startApp({
      ...{ SIGN_UP: 'open', SMTP_URL: sink.url, BASE_URL: 'http://wiki.example:8080', TRUST_PROXY: 'true' },
      MAIL_FROM: 'The wiki <wiki@wiki.example>',
    });
    await app.rooms.people.create({ username: 'known', password, email: 'known@example.org' });
  });
  beforeEach(() => void (browser = clientFrom(`198.51.100.${(visitors += 1)}`)));
  afterAll(async () => {
    await app?.stop();
    await sink?.close();
  });

  let visitors = 0;
  const clientFrom = (address: string, more: object = {}) =>
    new WebClient(app.url, { 'x-forwarded-for': address, ...more });
  const signUp = async (fields: Record<string, string>, client = browser) => {
    const { username = 'nobody' } = fields;
    const filled = { email: `${username}@example.org`, password, ...fields };
    return client.submit(await client.open('/auth/sign-up'), '/auth/sign-up', filled);
  };
  /** Links are on the address of the server, where a test cannot reach it. */
  const follow = (link: string | undefined, client = browser) => {
    const { pathname, search } = new URL(link ?? '');
    return client.open(pathname + search);
  };

  it('is confirmed by the link in a mail and the password, and signs in', async () => {
    const page = await signUp({ username: 'dora', display_name: 'Dora Öl' });
    expect(pathOf(page)).toBe('/auth/sent');
    expect((await app.rooms.people.find('dora'))?.username).toBeUndefined();
    const mail = await sink.newest('dora@example.org');

    const confirming = await follow(mail.links[1]);
    expect(confirming.main).toContain('dora@example.org');
    const wrong = await browser.submit(confirming, '/auth/confirm', { password: 'another password' });
    expect([wrong.status, faultsIn(wrong)]).toEqual([422, ['password']]);
    const desk = await browser.submit(wrong, '/auth/confirm', { password });

    expect([pathOf(desk), browser.cookieNames.includes('wikibot')]).toEqual(['/', true]);
    expect(await app.rooms.people.find('dora')).toMatchObject({ displayName: 'Dora Öl', email: 'dora@example.org' });
    expect((await follow(mail.links[1], clientFrom('192.0.2.9'))).status).toBe(404);
  });

  it('sends mails in plain text, from the configured sender, with links to the address of the server alone', async () => {
    // The name by which the request came is one the server answers to, and not its own.
    const { text } = await browser.open('/auth/sign-up', { 'x-forwarded-host': 'evil.example' });
    const [token = ''] = /name="form_token" value="([^"]+)"/.exec(text)?.slice(1) ?? [];
    const values = { username: 'forged', display_name: 'Click evil', email: 'forged@example.org', password };
    const headers = {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
      forwarded: 'host=evil.example',
    };
    const page = await browser.post('/auth/sign-up', new URLSearchParams({ ...values, form_token: token }), headers);
    expect(pathOf(page)).toBe('/auth/sent');
    const mail = await sink.newest('forged@example.org');

    expect(mail).toMatchObject({
      from: 'wiki@wiki.example',
      subject: 'wiki.example: Confirm your account',
    });
    expect(mail.head).toMatch(/^Content-Type: text\/plain/im);
    expect(mail.head).toMatch(/^Auto-Submitted: auto-generated$/im);
    expect(new Set(mail.links.map((link) => new URL(link).origin))).toEqual(new Set(['http://wiki.example:8080']));
    // What others type into forms is not sent to people in our name.
    expect(mail.text).not.toContain('Click evil');
  });

  it('is refused under another host', async () => {
    const answer = await new RestClient(app.url, null).get('/auth/sign-up', { host: 'evil.example' });

    expect(answer.status).toBe(421);
  });

  it('looks the same for an address that has an account, whose owner is told', async () => {
    const fresh = await signUp({ username: 'fresh-one' });
    const taken = await signUp({ username: 'fresh-two', email: 'Known@example.org' }, clientFrom('192.0.2.30'));

    expect(shown(taken)).toEqual(shown(fresh));
    const told = await sink.newest('known@example.org');
    expect(told.subject).toContain('You have an account already');
    expect(told.text).not.toContain('token=');
    expect((await app.rooms.people.find('fresh-two'))?.username).toBeUndefined();
  });

  it('shows each fault beside its field, and keeps what was typed but the password', async () => {
    const page = await signUp({
      username: '-a',
      display_name: 'www.evil.example',
      email: 'nowhere',
      password: 'short',
    });

    expect(page.status).toBe(422);
    expect(faultsIn(page)).toEqual(['username', 'display_name', 'email', 'password']);
    const values = Object.fromEntries(
      page.all('input').map((one) => [attributeOf(one, 'name'), attributeOf(one, 'value')]),
    );
    expect(values).toMatchObject({ username: '-a', email: 'nowhere', password: null });
    for (const name of ['username', 'email', 'password']) {
      const input = page.all('input').find((one) => attributeOf(one, 'name') === name);
      const ids = attributeOf(input, 'aria-describedby')?.split(' ') ?? [];
      expect(ids.every((id) => page.all('p').some((p) => attributeOf(p, 'id') === id))).toBe(true);
      expect(ids.length).toBeGreaterThan(0);
    }
  });

  it('shows what is typed as text', async () => {
    const hostile = '"><script>alert(1)</script><b x="';
    const page = await signUp({ username: hostile, display_name: hostile, email: hostile });

    expect(page.status).toBe(422);
    expect(page.all('b')).toEqual([]);
    expect(page.all('script').every((one) => attributeOf(one, 'src') !== null)).toBe(true);
    expect(page.all('input').map((one) => attributeOf(one, 'value'))).toContain(hostile);
  });

  it('takes no form that another site sends', async () => {
    const values = new URLSearchParams({
      username: 'crossed',
      email: 'crossed@example.org',
      password,
      form_token: 'x',
    });

    expect((await browser.post('/auth/sign-up', values)).status).toBe(403);
    expect((await browser.post('/auth/sign-up', values, { origin: 'https://evil.example' })).status).toBe(403);
  });

  it.each(['', 'x', 'A'.repeat(43), '%00', 'a&token=b'])('takes no link with the token %j', async (token) => {
    const page = await browser.open(`/auth/confirm?token=${token}`);

    expect([404, 422]).toContain(page.status);
    expect((await browser.open(`/auth/reset?token=${token}`)).status).toBe(page.status);
    expect((await browser.open(`/auth/confirm-email?token=${token}`)).status).toBe(page.status);
  });

  it('keeps pages with secrets out of caches', async () => {
    await signUp({ username: 'cached' });
    const { links } = await sink.newest('cached@example.org');

    expect((await follow(links[1])).headers.get('cache-control')).toBe('no-store');
  });

  it('speaks German to whoever does, in the mail too', async () => {
    await signUp({ username: 'frieda' }, clientFrom('192.0.2.60', { 'accept-language': 'de' }));
    const mail = await sink.newest('frieda@example.org');

    expect(mail.text).toContain('Guten Tag frieda');
  });
});

describe('making an account by invitation, where no mails are sent', () => {
  let app: TestApp;
  const invite = async (role: 'editor' | 'viewer' = 'editor') => {
    const { acl, actors, invitations } = app.rooms;
    const access = await acl.require('members.manage', await actors.byUsername('alice', 'cli'), wiki);
    return (await invitations.toWiki(access, { days: 7, role })).secret;
  };
  const wiki = { owner: 'alice', slug: 'notes' };

  beforeAll(async () => {
    app = await startApp();
    const { token } = await app.addUser('alice');
    await new RestClient(app.url, token).post('/api/v1/wikis', { slug: 'notes', name: 'The notes' });
    await app.rooms.people.create({ username: 'bob', password });
  });
  afterAll(() => app?.stop());

  it('gives the account at once, and the role', async () => {
    const browser = new WebClient(app.url);
    const page = await browser.open(`/auth/sign-up?invitation=${await invite()}`);
    expect(page.main).toContain('alice invites you to the wiki “The notes”.');
    expect(page.all('input').find((one) => attributeOf(one, 'name') === 'email')?.attrs).not.toContainEqual(
      expect.objectContaining({ name: 'required' }),
    );

    const desk = await browser.submit(page, '/auth/sign-up', { username: 'dora', password });

    expect([desk.status, pathOf(desk)]).toEqual([200, '/']);
    expect(desk.main).toContain('The notes');
    expect((await browser.open('/@alice/notes')).status).toBe(200);
  });

  it('keeps the invitation when a field is wrong, and takes it once', async () => {
    const browser = new WebClient(app.url);
    const address = `/auth/sign-up?invitation=${await invite('viewer')}`;
    const refused = await browser.submit(await browser.open(address), '/auth/sign-up', { username: 'A', password });
    expect([refused.status, faultsIn(refused)]).toEqual([422, ['username']]);
    await browser.submit(refused, '/auth/sign-up', { username: 'ernst', password });

    expect((await app.rooms.people.find('ernst'))?.username).toBe('ernst');
    expect((await new WebClient(app.url).open(address)).status).toBe(404);
    expect((await browser.open('/@alice/notes/-/edit/Home')).status).toBe(403);
  });

  it('lets whoever has an account accept', async () => {
    const browser = new WebClient(app.url);
    const address = `/auth/sign-up?invitation=${await invite()}`;
    const signIn = await browser.open(
      attributeOf(
        (await browser.open(address)).all('a').find((a) => /next=/.test(attributeOf(a, 'href') ?? '')),
        'href',
      ) ?? '',
    );
    const page = await browser.submit(signIn, '/auth/sign-in', { login: 'bob', password });
    expect(page.main).toContain('You are signed in as bob.');

    const shownWiki = await browser.submit(page, '/auth/accept');

    expect([shownWiki.status, pathOf(shownWiki)]).toEqual([200, '/@alice/notes']);
    expect((await browser.open(address)).status).toBe(404);
  });

  it('is closed to whoever has none, and says nothing of whom there is', async () => {
    const browser = new WebClient(app.url);
    const page = await browser.open('/auth/sign-up');
    const token = attributeOf((await browser.open('/auth/sign-in')).all('input')[0], 'value') ?? '';
    const sent = await browser.post(
      '/auth/sign-up',
      new URLSearchParams({ username: 'sneaked', email: 'sneaked@example.org', password, form_token: token }),
    );

    expect([page.status, sent.status]).toEqual([403, 403]);
    expect((await app.rooms.people.find('sneaked'))?.username).toBeUndefined();
    expect((await browser.open('/auth/sign-in')).all('a').map((a) => attributeOf(a, 'href'))).not.toContain(
      '/auth/sign-up',
    );
  });
});

it('nobody signs up where that is closed, with an invitation either', async () => {
  const app = await startApp({ SIGN_UP: 'closed' });
  try {
    const { secret } = await app.rooms.invitations.toPlatform({ days: 1 });
    const browser = new WebClient(app.url);

    expect((await browser.open('/auth/sign-up')).status).toBe(403);
    const closed = await browser.open(`/auth/sign-up?invitation=${secret}`);
    expect(closed.status).toBe(403);
    // Who has an account accepts it by signing in.
    const ways = closed.all('a').map((one) => attributeOf(one, 'href'));
    expect(ways).toContain(`/auth/sign-in?next=${encodeURIComponent(`/auth/sign-up?invitation=${secret}`)}`);
  } finally {
    await app.stop();
  }
});
