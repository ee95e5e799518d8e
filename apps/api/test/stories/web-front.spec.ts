import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { aWiki } from '../kit/a-wiki.js';
import { startApp, type TestApp } from '../kit/app.js';
import { HostBrowser } from '../kit/host-browser.js';
import { attributeOf, textOf, WebClient, type WebPage } from '../kit/web-client.js';

const site = 'https://wiki.example';
const linksOf = (page: WebPage) => page.all('a').map((link) => attributeOf(link, 'href'));
const metaOf = (page: WebPage, name: string) =>
  attributeOf(
    page.all('meta').find((meta) => [attributeOf(meta, 'name'), attributeOf(meta, 'property')].includes(name)),
    'content',
  );
const canonicalOf = (page: WebPage) =>
  attributeOf(
    page.all('link').find((link) => attributeOf(link, 'rel') === 'canonical'),
    'href',
  );
const located = (text: string) => [...text.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, address]) => address);

describe('the landing page', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp({ BASE_URL: site, SIGN_UP: 'open', SOURCE_URL: 'https://git.example/wikibot' });
  });
  afterAll(() => app?.stop());

  it('says what this is and what it costs, and leads to making an account, signing in, documentation and source', async () => {
    const page = await new WebClient(app.url).open('/');
    const links = linksOf(page);

    expect(page.status).toBe(200);
    expect(page.all('h1').map(textOf)).toEqual(['A wiki that people and AI agents write together']);
    for (const said of [
      'git repository of markdown',
      'What it costs',
      'Free',
      'No limits on wikis, pages, people or pushes',
    ])
      expect(page.main).toContain(said);
    expect(page.main).not.toContain('coming soon');
    for (const address of [
      '/auth/sign-up',
      '/auth/sign-in',
      '/docs',
      'https://git.example/wikibot',
      '/terms',
      '/privacy',
    ])
      expect(links).toContain(address);
    for (const address of ['/auth/sign-up', '/auth/sign-in']) {
      const form = await new WebClient(app.url).open(address);
      expect([form.status, form.all('form').map((one) => attributeOf(one, 'action'))]).toEqual([
        200,
        expect.arrayContaining([address]),
      ]);
    }
  });

  it('shows what was recorded: what an agent asked, the page as it looks, and who is named in the history', async () => {
    const page = await new WebClient(app.url).open('/');

    for (const said of [
      'search_notes',
      'edit_note',
      'Ines Caldeira',
      'Mara Lindqvist (notebook)',
      'nobody has seen one',
    ])
      expect(page.main).toContain(said);
    expect(page.all('strong').map(textOf)).toContain('around low water');
    expect(page.all('th').map(textOf)).toEqual(['Suspect', 'Would explain', 'But']);
    expect(page.main).toContain(`${site}/@you/notes/mcp`);
  });

  it('may be found by search engines, and stands in the sitemap beside terms and privacy', async () => {
    const browser = new WebClient(app.url);
    const page = await browser.open('/');

    expect([canonicalOf(page), metaOf(page, 'robots'), metaOf(page, 'og:url')]).toEqual([`${site}/`, null, `${site}/`]);
    expect(metaOf(page, 'description')?.length).toBeGreaterThan(50);
    expect((await browser.open('/robots.txt')).text).toContain(`Sitemap: ${site}/sitemap.xml`);
    expect(located((await browser.open('/sitemap.xml')).text)).toEqual([
      ...[`${site}/sitemap.xml?part=pages`, `${site}/docs/sitemap.xml`],
    ]);
    expect(located((await browser.open('/sitemap.xml?part=pages')).text)).toEqual([
      ...[`${site}/`, `${site}/terms`, `${site}/privacy`],
    ]);
  });

  it('speaks the language of the browser', async () => {
    const page = await new WebClient(app.url, { 'accept-language': 'de' }).open('/');

    expect(page.all('h1').map(textOf)).toEqual(['Ein Wiki, das Menschen und KI-Agenten gemeinsam schreiben']);
  });

  it('has terms that say how names are disputed and what is kept, and a privacy page that says how to leave', async () => {
    const browser = new WebClient(app.url);
    const [terms, privacy] = [await browser.open('/terms'), await browser.open('/privacy')];

    expect([terms.status, privacy.status]).toEqual([200, 200]);
    expect([canonicalOf(terms), canonicalOf(privacy)]).toEqual([`${site}/terms`, `${site}/privacy`]);
    for (const said of ['names and trademarks are settled case by case', 'kept indefinitely', 'account deleted'])
      expect(terms.main).toContain(said);
    for (const said of ['Delete your account', 'Take it along', 'kept indefinitely'])
      expect(privacy.main).toContain(said);
    expect(linksOf(terms)).toContain('/docs/security#report-a-weakness');
    expect(linksOf(terms)).toContain('/docs/git');
  });
});

describe('what an operator puts in place of it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wikibot-front-'));
  let app: TestApp | undefined;
  const fileOf = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  afterEach(async () => {
    await app?.stop();
    app = undefined;
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is their own text, terms and privacy, read again when they change', async () => {
    const LANDING = fileOf(
      'landing.md',
      '---\ndescription: Ours.\n---\n\n# Our wikis\n\n[Rules](/terms) <script>x()</script>\n',
    );
    const TERMS = fileOf('terms.md', 'Be **kind**.\n');
    app = await startApp({ LANDING, TERMS, MAX_PAGES: '200' });
    const browser = new WebClient(app.url);
    const page = await browser.open('/');

    expect([page.status, page.all('h1').map(textOf), metaOf(page, 'description')]).toEqual([
      200,
      ['Our wikis'],
      'Ours.',
    ]);
    expect(linksOf(page)).toContain('/terms');
    expect(page.all('script').every((script) => attributeOf(script, 'src') !== null)).toBe(true);
    expect((await browser.open('/terms')).all('strong').map(textOf)).toEqual(['kind']);
    expect((await browser.open('/privacy')).main).toContain('Your data in your hands');

    writeFileSync(LANDING, '# Our garden of wikis\n');
    expect((await browser.open('/')).all('h1').map(textOf)).toEqual(['Our garden of wikis']);
    rmSync(LANDING);
    expect((await browser.open('/')).all('h1').map(textOf)).toEqual(['Our garden of wikis']);
  });

  it('is a public wiki, and our page as long as there is none, or it is private', async () => {
    app = await startApp({ LANDING: '@alice/notes', BILLING: 'on', SIGN_UP: 'closed' });
    await app.addUser('carol');
    const browser = new WebClient(app.url);
    const missing = await browser.open('/');
    const { rest } = await aWiki(app, 'alice', 'notes');
    const hidden = await browser.open('/');

    expect(hidden.text).toBe(missing.text);
    expect(hidden.text).not.toContain('alice');
    expect(linksOf(hidden)).not.toContain('/auth/sign-up');
    for (const said of [
      '1 wiki for each person',
      '500 pages in a wiki',
      '3 collaborators',
      '50 MiB of files',
      'Premium',
    ])
      expect(hidden.main).toContain(said);

    await app.rooms.wikis.publish(
      await app.rooms.acl.require('wiki.publish', await app.rooms.actors.byUsername('alice', 'rest'), {
        owner: 'alice',
        slug: 'notes',
      }),
      'public',
    );
    expect((await rest.get('/pages/Home')).status).toBe(200);
    expect(new URL((await browser.open('/')).url).pathname).toBe('/@alice/notes');
    expect(
      located((await browser.open('/sitemap.xml?part=pages')).text).map((at) => new URL(at ?? '').pathname),
    ).toEqual([...['/terms', '/privacy', '/@alice']]);
  });

  it('is a limit without plans: figures, and that premium is coming', async () => {
    app = await startApp({ MAX_PAGES: '200', MAX_COLLABORATORS: '5' });
    const before = await new WebClient(app.url).open('/');
    await app.addUser('alice');
    const { main } = await new WebClient(app.url).open('/');

    expect(before.main).toContain('Nobody has an account here yet');
    expect(main).not.toContain('Nobody has an account here yet');
    for (const said of [
      '200 pages in a wiki',
      '5 collaborators',
      'Premium is coming soon',
      'Accounts are made by invitation',
    ])
      expect(main).toContain(said);
  });
});

describe('the page of a person', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp({ BASE_URL: 'http://wiki.example' });
    const alice = await aWiki(app, 'alice', 'open', { visibility: 'public', name: 'The open one', purpose: 'For all' });
    await alice.platform.post('/wikis', { slug: 'shared', name: 'The shared one' });
    await alice.platform.post('/wikis', { slug: 'secret', name: 'The secret one' });
    await aWiki(app, 'bob', 'own', { name: 'Of Bob alone' });
    await app.addUser('carol');
    const { acl, actors, members, people } = app.rooms;
    const manage = await acl.require('members.manage', await actors.byUsername('alice', 'rest'), {
      ...{ owner: 'alice', slug: 'shared' },
    });
    await members.set(manage, 'bob', 'viewer');
    for (const username of ['alice', 'bob']) await people.setPassword(username, 'correct horse battery');
  });
  afterAll(() => app?.stop());

  const of = async (username: string | null) => {
    const browser = new WebClient(app.url);
    if (username === null) return browser;
    const fields = { login: username, password: 'correct horse battery' };
    await browser.submit(await browser.open('/auth/sign-in'), '/auth/sign-in', fields);
    return browser;
  };
  const wikisOn = (page: WebPage) => page.main.match(/The (?:open|shared|secret) one|Of Bob alone/g) ?? [];

  it('lists the wikis that one may see, and hides the private ones from others', async () => {
    expect(wikisOn(await (await of(null)).open('/@alice'))).toEqual(['The open one']);
    expect(wikisOn(await (await of('bob')).open('/@alice'))).toEqual(['The open one', 'The shared one']);
    const own = await (await of('alice')).open('/@alice/');
    expect([own.status, wikisOn(own)]).toEqual([200, ['The open one', 'The secret one', 'The shared one']]);
  });

  it('is the same of somebody without wikis and of somebody whose wikis one may not see', async () => {
    const browser = await of(null);
    const [bob, carol, nobody] = await Promise.all(['/@bob', '/@carol', '/@nobody-here'].map((at) => browser.open(at)));

    expect([bob?.status, carol?.status, nobody?.status]).toEqual([200, 200, 404]);
    expect(bob?.text.replaceAll('bob', 'carol')).toBe(carol?.text);
    expect(bob?.main).toContain('no public wiki');
    expect((await browser.open('/@No%20name')).status).toBe(404);
  });

  it('is for search engines when it has public wikis, and in the sitemap then', async () => {
    const browser = await of(null);
    const [alice, bob] = [await browser.open('/@alice'), await browser.open('/@bob')];

    expect([canonicalOf(alice), metaOf(alice, 'robots')]).toEqual(['http://wiki.example/@alice', null]);
    expect([canonicalOf(bob), metaOf(bob, 'robots')]).toEqual([null, 'noindex']);
    const listed = located((await browser.open('/sitemap.xml?part=pages')).text);
    expect(listed).toContain('http://wiki.example/@alice');
    expect(listed).not.toContain('http://wiki.example/@bob');
  });
});

describe('the page of a person on a host of their own', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp({ BASE_URL: site, WILDCARD_DNS: 'true' });
    await aWiki(app, 'alice', 'open', { visibility: 'public', name: 'The open one' });
    await app.addUser('bob');
  });
  afterAll(() => app?.stop());

  it('stands there alone, and its ways lead to the platform', async () => {
    const browser = new HostBrowser(app.url);
    const page = await browser.open('https://alice.wiki.example/');

    expect([page.status, page.main.includes('The open one')]).toEqual([200, true]);
    expect(canonicalOf(page)).toBe('https://alice.wiki.example/');
    expect(linksOf(page)).toEqual(
      expect.arrayContaining([
        ...['https://alice.wiki.example/open', `${site}/docs`, `${site}/terms`, '/-/auth/sign-in?next=%2F'],
      ]),
    );
    expect(await browser.peek(`${site}/@alice`)).toEqual({ status: 308, location: 'https://alice.wiki.example/' });
    expect((await browser.peek('https://bob.wiki.example/')).status).toBe(200);
    expect((await browser.peek('https://nobody.wiki.example/')).status).toBe(404);
    expect(located((await browser.open('https://alice.wiki.example/sitemap.xml?part=pages')).text)).toEqual([
      'https://alice.wiki.example/',
    ]);
  });
});
