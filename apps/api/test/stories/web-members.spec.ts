import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWiki, type WikiKit } from '../kit/a-wiki.js';
import { type TestApp, startApp } from '../kit/app.js';
import { aMailSink, type MailSink } from '../kit/mail-sink.js';
import { RestClient } from '../kit/rest-client.js';
import { attributeOf, textOf, WebClient, type WebPage } from '../kit/web-client.js';

const password = 'correct horse battery';
const members = '/wikis/alice/notes/members';
const open = '/wikis/alice/open/members';

const pathOf = ({ url }: WebPage) => new URL(url).pathname;
const linkIn = (page: WebPage) => textOf(page.all('pre')[0]);
const faultIn = (page: WebPage) =>
  page.all('p').find((one) => attributeOf(one, 'class') === 'site-fault' || attributeOf(one, 'role') === 'alert');
const secretOf = (link: string) => new URL(link).searchParams.get('invitation') ?? '';

describe('the members of a wiki in a browser', () => {
  let app: TestApp;
  let sink: MailSink;
  let kit: WikiKit;
  let alice: WebClient;
  const people: Record<string, WebClient> = {};
  let networks = 0;
  const from = () => ({ 'x-forwarded-for': `198.51.100.${(networks += 1)}` });

  beforeAll(async () => {
    sink = await aMailSink();
    app = await startApp({ SMTP_URL: sink.url, TRUST_PROXY: 'true' });
    kit = await aWiki(app, 'alice', 'notes');
    await kit.platform.post('/wikis', { slug: 'open', name: 'open', visibility: 'public' });
    await app.rooms.people.setPassword('alice', password);
    for (const username of ['vera', 'eddy', 'known', 'stranger'])
      await app.rooms.people.create({ username, password, email: `${username}@example.org` });
    for (const username of ['alice', 'vera', 'eddy', 'known', 'stranger']) people[username] = await signedIn(username);
    alice = people['alice'];
    for (const wiki of ['notes', 'open']) {
      await kit.platform.put(`/wikis/alice/${wiki}/members/vera`, { role: 'viewer' });
      await kit.platform.put(`/wikis/alice/${wiki}/members/eddy`, { role: 'editor' });
    }
  });
  afterAll(async () => {
    await app?.stop();
    await sink?.close();
  });

  async function signedIn(login: string) {
    const client = new WebClient(app.url, from());
    await client.submit(await client.open('/auth/sign-in'), '/auth/sign-in', { login, password });
    return client;
  }
  const invite = async (login: string, more: Record<string, string> = {}, at = members) =>
    alice.submit(await alice.open(at), '/invite', { login, role: 'viewer', days: '7', ...more });

  it('are shown to whoever is one, and the forms to the owner alone', async () => {
    const [vera, eddy] = await Promise.all(['vera', 'eddy'].map((name) => people[name]?.open(members)));

    for (const page of [vera, eddy]) {
      expect(page?.status).toBe(200);
      expect(page?.main).toMatch(/alice @alice Owner.*eddy @eddy Editor.*vera @vera Viewer/);
      expect(page?.all('form').map((form) => attributeOf(form, 'action'))).toEqual(['/auth/sign-out']);
    }
    expect((await alice.open(members)).all('form').length).toBe(4);
    expect((await alice.open(members)).headers.get('cache-control')).toBe('no-store');
  });

  it('are there for nobody else: missing where the wiki is private, refused where it is public', async () => {
    const nobody = new WebClient(app.url);
    const gets = ['', '/leave', '/publish', '/remove/vera'];
    const posts = ['/invite', '/role', '/remove', '/revoke', '/leave', '/visibility'];
    const statuses = async (client: WebClient, base: string) => {
      const token = formTokenIn(await client.open('/auth/sign-up'), await client.open('/account'));
      const form = new URLSearchParams({
        form_token: token,
        login: 'stranger',
        role: 'editor',
        username: 'vera',
        id: 'x',
        visibility: 'public',
      });
      const pages = await Promise.all([
        ...gets.map((path) => client.open(base + path)),
        ...posts.map((path) => client.post(base + path, form)),
      ]);
      return [...new Set(pages.map(({ status }) => status))];
    };
    const { vera, eddy, stranger } = people as Record<'vera' | 'eddy' | 'stranger', WebClient>;

    expect(await statuses(nobody, members)).toEqual([404]);
    expect(await statuses(nobody, open)).toEqual([404]);
    expect(await statuses(stranger, members)).toEqual([404]);
    expect(await statuses(stranger, '/wikis/alice/absent/members')).toEqual([404]);
    expect(await statuses(stranger, open)).toEqual([403]);
    for (const client of [vera, eddy]) {
      for (const path of ['/publish', '/remove/vera']) expect((await client.open(members + path)).status).toBe(403);
      const token = formTokenIn(await client.open('/account'));
      const form = new URLSearchParams({
        form_token: token,
        login: 'stranger',
        role: 'editor',
        username: 'vera',
        id: 'x',
      });
      for (const path of posts.filter((one) => one !== '/leave'))
        expect((await client.post(members + path, form)).status, path).toBe(403);
    }
    expect((await alice.open(members)).main).not.toContain('stranger');
  });

  it('are changed by forms of ours alone', async () => {
    const values = { login: 'stranger', role: 'editor', username: 'vera', id: 'x', visibility: 'public' };
    const token = formTokenIn(await alice.open(members));
    for (const path of ['/invite', '/role', '/remove', '/revoke', '/visibility']) {
      const without = await alice.post(members + path, new URLSearchParams(values));
      const forged = await alice.post(members + path, new URLSearchParams({ ...values, form_token: 'x'.repeat(43) }));
      const foreign = await alice.post(members + path, new URLSearchParams({ ...values, form_token: token }), {
        origin: 'https://evil.example',
      });
      expect([without.status, forged.status, foreign.status], path).toEqual([403, 403, 403]);
    }
    const page = await alice.open(members);
    expect(page.main).not.toContain('stranger');
    expect(page.main).toContain('This wiki is private');
  });

  it('get a role by their username, another one, and none', async () => {
    const added = await invite('@known', { role: 'viewer' });
    expect([pathOf(added), added.main]).toEqual([members, expect.stringContaining('The role is given.')]);
    const { known } = people as Record<'known', WebClient>;
    expect((await known.open('/@alice/notes')).status).toBe(200);
    expect((await known.open('/@alice/notes/-/edit/Home')).status).toBe(403);

    const form = added
      .all('form')
      .find((one) => /known/.test(JSON.stringify(one.childNodes.map((node) => ('attrs' in node ? node.attrs : null)))));
    expect(attributeOf(form, 'action')).toBe(`${members}/role`);
    const token = formTokenIn(added);
    await alice.post(`${members}/role`, new URLSearchParams({ form_token: token, username: 'known', role: 'editor' }));
    expect((await known.open('/@alice/notes/-/edit/Home')).status).toBe(200);

    const asked = await alice.open(`${members}/remove/known`);
    expect(asked.main).toContain('Take the role of known away?');
    expect((await known.open('/@alice/notes')).status).toBe(200);
    const removed = await alice.submit(asked, '/members/remove');
    expect(removed.main).toContain('The role is taken away.');
    expect((await known.open('/@alice/notes')).status).toBe(404);
    // A button of a page that is old by now gives nothing back.
    const late = await alice.post(
      `${members}/role`,
      new URLSearchParams({ form_token: token, username: 'known', role: 'editor' }),
    );
    expect([late.status, textOf(faultIn(late))]).toEqual([404, 'known has no role on this wiki.']);
    expect((await alice.open(`${members}/remove/known`)).status).toBe(404);
    expect((await alice.open(`${members}/remove/alice`)).status).toBe(404);
  });

  it('are told apart from who is not there, at the field, with what was typed', async () => {
    const refused = await Promise.all(
      ['nobody-here', 'alice', 'a b@example.org', '<script>alert(1)</script>'].map((login) => invite(login)),
    );

    expect(refused.map(({ status }) => status)).toEqual([422, 422, 422, 422]);
    expect(refused.map((page) => textOf(faultIn(page)).slice(0, 24))).toEqual([
      ...[
        'Nobody here has that use',
        'This is the owner of the',
        'This is no e-mail addres',
        'Nobody here has that use',
      ],
    ]);
    const field = refused[3]?.all('input').find((one) => attributeOf(one, 'name') === 'login');
    expect(attributeOf(field, 'value')).toBe('<script>alert(1)</script>');
    expect(refused[3]?.all('script').every((one) => attributeOf(one, 'src') !== null)).toBe(true);
  });

  it('are invited by an e-mail address alike, whether it has an account or not', async () => {
    const shown: string[] = [];
    const mails: string[] = [];
    for (const login of ['known@example.org', 'other@example.org']) {
      const page = await invite(login);
      expect(page.status).toBe(200);
      // What the two answers may differ by: the address that was typed, the link, and the id behind the button.
      const { text } = page;
      const id = /name="id" value="([^"]+)"/.exec(text)?.[1] ?? '';
      shown.push(
        text
          .replaceAll(login, 'ADDRESS')
          .replaceAll(secretOf(linkIn(page)), 'SECRET')
          .replaceAll(id, 'ID'),
      );
      const mail = await sink.newest(login);
      mails.push(mail.text.replace(secretOf(mail.links[1] ?? ''), 'SECRET'));
      await alice.submit(page, '/revoke');
    }

    expect(shown[0]).toBe(shown[1]);
    expect(shown[0]).toContain('SECRET');
    expect(mails[0]).toBe(mails[1]);
    expect(mails[0]).toContain('alice invites you to the wiki @alice/notes');
    const rest = [];
    for (const login of ['eddy@example.org', 'another@example.org']) {
      const { status, body } = await kit.platform.post('/wikis/alice/notes/invitations', { login, role: 'viewer' });
      const { id, email, link, created_at, expires_at, ...same } = body['invitation'] as Record<string, string>;
      expect([email, typeof id, new URL(link ?? '').pathname]).toEqual([login, 'string', '/auth/sign-up']);
      expect(Date.parse(expires_at ?? '') - Date.parse(created_at ?? '')).toBeCloseTo(7 * 86_400_000, -3);
      rest.push({ status, member: body['member'], same });
      await kit.platform.delete(`/wikis/alice/notes/invitations/${id}`);
    }
    expect(rest[0]).toEqual(rest[1]);
    expect(rest[0]).toMatchObject({ status: 201, member: null, same: { role: 'viewer', invited_by: 'alice' } });
  });

  it('join by the link in the mail with the account they have, and stand in no list before', async () => {
    const page = await invite('known@example.org', { role: 'editor' });
    expect((await alice.open(members)).main).toContain('known@example.org');
    expect((await alice.open(members)).main).not.toContain('@known');
    for (const name of ['vera', 'eddy'])
      expect((await people[name]?.open(members))?.main).not.toContain('known@example.org');
    const [, link = ''] = (await sink.newest('known@example.org', 2)).links;
    const { known } = people as Record<'known', WebClient>;
    const { pathname, search } = new URL(link);

    const asked = await known.open(pathname + search);
    expect(asked.main).toContain('You will read and write it.');
    const wiki = await known.submit(asked, '/auth/accept');

    expect([pathOf(wiki), (await known.open('/@alice/notes/-/edit/Home')).status]).toEqual(['/@alice/notes', 200]);
    const after = (await alice.open(members)).main;
    expect(after).toContain('known @known Editor');
    expect(after).not.toContain('known@example.org');
    // The link that was shown is the same invitation, and was for one person.
    const shown = new URL(linkIn(page));
    expect((await people['stranger']?.open(shown.pathname + shown.search))?.status).toBe(404);
  });

  it('get a link without an address, which is revoked', async () => {
    const page = await invite('', { role: 'viewer', days: '30' });
    const link = new URL(linkIn(page));
    expect(page.main).toContain('A link to pass on');
    expect((await people['stranger']?.open(link.pathname + link.search))?.status).toBe(200);

    const revoked = await alice.submit(page, '/revoke');

    expect(revoked.main).toContain('The invitation is revoked.');
    expect((await people['stranger']?.open(link.pathname + link.search))?.status).toBe(404);
    expect((await alice.submit(page, '/revoke')).status).toBe(404);
  });

  it('leave by themselves, after they were asked, and over the API', async () => {
    const { eddy } = people as Record<'eddy', WebClient>;
    const asked = await eddy.open(`${open}/leave`);
    expect(asked.main).toContain('Leave this wiki?');
    expect(pathOf(await eddy.submit(asked, '/leave'))).toBe('/');
    expect((await eddy.open(open)).status).toBe(403);
    expect((await eddy.open('/@alice/open')).status).toBe(200);
    expect((await alice.open(`${members}/leave`)).status).toBe(403);

    const { secret } = await app.rooms.tokens.createFor('vera', { label: 'all', verbs: ['read', 'write', 'admin'] });
    const vera = new RestClient(app.url, secret).under('/api/v1/wikis/alice/open/members');
    expect((await vera.delete('/alice')).status).toBe(403);
    expect((await vera.delete('/me')).body).toEqual({ removed: true, username: 'vera' });
    expect((await vera.delete('/me')).status).toBe(403);
    expect((await kit.platform.delete('/wikis/alice/open/members/me')).status).toBe(403);
  });

  it('decide who may read it: public is asked about, private is not', async () => {
    const nobody = new WebClient(app.url);
    const asked = await alice.open(`${members}/publish`);
    expect(asked.main).toContain('deleted pages and old texts stay in the history');
    expect((await nobody.open('/@alice/notes')).status).toBe(404);

    const published = await alice.submit(asked, '/visibility');
    expect(published.main).toContain('The wiki is public now.');
    expect((await nobody.open('/@alice/notes')).status).toBe(200);

    const closed = await alice.submit(published, '/visibility');
    expect(closed.main).toContain('The wiki is private now.');
    expect((await nobody.open('/@alice/notes')).status).toBe(404);
  });

  it('are refused more mails than anybody gets, and told when it goes on', async () => {
    const client = new WebClient(app.url, { 'x-forwarded-for': '203.0.113.9' });
    await client.submit(await client.open('/auth/sign-in'), '/auth/sign-in', { login: 'alice', password });
    const page = await client.open(members);
    const send = (n: number) => client.submit(page, '/invite', { login: `p${n}@example.org`, role: 'viewer' });
    for (let n = 0; n < 60; n += 1) await send(n % 20);
    const refused = await send(60);

    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(textOf(faultIn(refused))).toMatch(/That was too often\./);
  });
});

/** What a form of a page carries. */
function formTokenIn(...pages: WebPage[]): string {
  const fields = pages.flatMap((page) => page.all('input')).filter((one) => attributeOf(one, 'name') === 'form_token');
  return attributeOf(fields.at(-1), 'value') ?? '';
}
