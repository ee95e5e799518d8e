import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeEmbedding } from '../../../../libs/search/test/kit/embedding.js';
import { Manual } from '../../src/manual/manual.js';
import { startApp, type TestApp } from '../kit/app.js';
import { attributeOf, textOf, WebClient, type WebPage } from '../kit/web-client.js';

const manual = Manual.read();
const site = 'https://wiki.example';

/** An address exactly as it is written; fetch() would tidy it up. */
const statusOf = (app: TestApp, path: string) =>
  new Promise<number>((resolve, reject) => {
    const sent = request({ port: new URL(app.url).port, path, headers: { accept: 'text/html' } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', reject);
    sent.end();
  });
const hrefsIn = (page: WebPage) => page.all('a').flatMap((link) => attributeOf(link, 'href') ?? []);
const metaOf = (page: WebPage, name: string) =>
  attributeOf(
    page.all('meta').find((one) => attributeOf(one, 'name') === name),
    'content',
  );
const hitsOf = (page: WebPage) =>
  page
    .all('ol')
    .filter((list) => attributeOf(list, 'class') === 'site-list')
    .flatMap((list) => list.childNodes)
    .map((hit) => ('tagName' in hit ? textOf(hit) : ''));
const search = (client: WebClient, q: string, more = '') =>
  client.open(`/docs/search?q=${encodeURIComponent(q)}${more}`);

describe('the documentation', () => {
  let app: TestApp;
  let client: WebClient;
  const pages = new Map<string, WebPage>();

  beforeAll(async () => {
    app = await startApp({ BASE_URL: site });
    client = new WebClient(app.url);
    for (const { address } of manual.pages) pages.set(address, await client.open(address));
  });
  afterAll(() => app?.stop());

  const at = (address: string): WebPage => {
    const page = pages.get(address);
    if (page === undefined) throw new Error(`There is no ${address}.`);
    return page;
  };

  it('is there, page by page, for everybody and for search engines', () => {
    for (const { address, title, description } of manual.pages) {
      const page = at(address);
      const canonical = page.all('link').find((link) => attributeOf(link, 'rel') === 'canonical');
      const home = address.replace(/^\/docs(?=\/(?:terms|privacy)$)/, '');
      expect([address, page.status, metaOf(page, 'robots')]).toEqual([address, 200, null]);
      expect(attributeOf(canonical, 'href')).toBe(`${site}${home}`);
      expect([metaOf(page, 'description'), page.all('h1').map((one) => textOf(one).replace(/#$/, ''))]).toEqual([
        description,
        [title],
      ]);
    }
    expect(pages.size).toBeGreaterThan(35);
  });

  it('has no dead link and no dead anchor', async () => {
    const known = new Map<string, WebPage>(pages);
    const dead: string[] = [];
    for (const [address, page] of pages) {
      for (const href of hrefsIn(page)) {
        const url = new URL(href, `${app.url}${address}`);
        // What others serve, and the pages that stand at these addresses as well, are not ours to look at.
        if (url.origin !== app.url || !/^\/docs(?:\/|$)/.test(url.pathname)) continue;
        const target = known.get(url.pathname) ?? (await client.open(url.pathname));
        known.set(url.pathname, target);
        const anchor = decodeURIComponent(url.hash.slice(1));
        const isThere = anchor === '' || target.text.includes(`id="${anchor}"`);
        if (target.status !== 200 || !isThere) dead.push(`${address}: ${href}`);
      }
      for (const picture of page.all('img')) {
        const { status } = await client.open(attributeOf(picture, 'src') ?? '');
        if (status !== 200) dead.push(`${address}: ${attributeOf(picture, 'src')}`);
      }
    }

    expect(dead).toEqual([]);
  });

  it('shows all pages beside each, marks the one that is read, and leads to those before and after', () => {
    const page = at('/docs/getting-started');
    const current = page.all('a').filter((link) => attributeOf(link, 'aria-current') === 'page');

    expect(current.map((link) => attributeOf(link, 'href'))).toEqual(['/docs/getting-started']);
    expect(hrefsIn(page)).toEqual(expect.arrayContaining(manual.pages.map(({ address }) => address)));
    const turns = page.all('a').filter((link) => ['prev', 'next'].includes(attributeOf(link, 'rel') ?? ''));
    expect(turns.map((link) => attributeOf(link, 'href'))).toEqual(['/docs', '/docs/connect']);
  });

  it('is English in a frame that speaks the language of the reader', async () => {
    const german = await client.open('/docs/getting-started', { 'accept-language': 'de' });
    const [html] = german.all('html');
    const text = german.all('div').find((one) => attributeOf(one, 'class') === 'wb-text');

    expect([attributeOf(html, 'lang'), attributeOf(text, 'lang')]).toEqual(['de', 'en']);
    expect(german.text).toContain('Dokumentation durchsuchen');
    expect(attributeOf((await client.open('/docs/getting-started')).all('html')[0], 'lang')).toBe('en');
  });

  it('is asked for again without being sent again', async () => {
    for (const [path, accept] of [
      ['/docs/operating', 'text/html'],
      ['/docs/operating', 'text/markdown'],
      ['/docs/operating.md', '*/*'],
      ['/docs/images/page.webp', '*/*'],
    ] as const) {
      const first = await fetch(app.url + path, { headers: { accept } });
      const etag = first.headers.get('etag') ?? '';
      const again = await fetch(app.url + path, { headers: { accept, 'if-none-match': etag } });

      expect([path, first.status, again.status, await again.text()]).toEqual([path, 200, 304, '']);
      expect(first.headers.get('cache-control')).toBe('private, no-cache');
      expect(first.headers.get('vary')).toContain('Accept');
    }
  });

  it('is markdown for whoever wants that, with links that lead on', async () => {
    const { headers, text } = await client.open('/docs/operating', { accept: 'text/markdown' });

    expect(headers.get('content-type')).toBe('text/markdown; charset=utf-8');
    expect(text).toMatch(/^# Operating/);
    expect(text).toBe((await client.open('/docs/operating.md')).text);
    for (const page of manual.pages) {
      const raw = await client.open(page.markdown);
      expect([page.markdown, raw.status]).toEqual([page.markdown, 200]);
      for (const [, link = ''] of raw.text.matchAll(/\]\(([^)\s]+\.md)(?:#[^)]*)?\)/g)) {
        const { pathname } = new URL(link, `${app.url}${page.markdown}`);
        if (!pathname.startsWith('/docs/') || !manual.file(pathname)) continue;
        expect([page.markdown, link, (await client.open(pathname)).status]).toEqual([page.markdown, link, 200]);
      }
    }
    expect((await client.open('/docs/README.md')).text).toContain('](/docs/architecture.md)');
  });

  it('is found under the names of its files, and nothing else is', async () => {
    expect((await client.open('/docs/')).url).toBe(`${app.url}/docs`);
    expect((await client.open('/docs/decisions/README')).url).toBe(`${app.url}/docs/decisions`);
    const paths = ['../package.json', '..%2f..%2fpackage.json', '..%5cpackage.json', '%00', '__proto__', 'constructor'];
    for (const path of [...paths, 'images', 'images/', '.', 'terms.html', '//etc/passwd'])
      expect([path, await statusOf(app, `/docs/${path}`)]).toEqual([path, 404]);
  });

  it('offers a search where there is no page', async () => {
    const page = await client.open('/docs/moving/from-<b>obsidian');

    expect([page.status, metaOf(page, 'robots')]).toEqual([404, 'noindex']);
    const field = page.all('input').find((one) => attributeOf(one, 'id') === 'site-query');
    expect(attributeOf(field, 'value')).toBe('moving from b obsidian');
    expect(hitsOf(await search(client, attributeOf(field, 'value') ?? ''))[0]).toContain('Moving from Obsidian');
  });

  it('is searched by words as a wiki is, also where meanings are not', async () => {
    const found = await search(client, '"X-Forwarded-For"');
    expect([found.status, metaOf(found, 'robots')]).toEqual([200, 'noindex']);
    expect(hitsOf(found).join()).toContain('X-Forwarded');
    expect(found.main).toContain('Search by meaning is off on this server');

    const named = await search(client, 'getting started', '&mode=keyword');
    expect(hitsOf(named)[0]).toMatch(/^Getting started/);
    expect(named.main).not.toContain('Search by meaning is off');
    expect(named.all('mark').length).toBeGreaterThan(0);
    // A slip of the fingers, and a section that is led to.
    const slipped = await search(client, 'obsidain');
    expect(hitsOf(slipped).some((hit) => hit.startsWith('Moving from Obsidian'))).toBe(true);
    const section = hrefsIn(await search(client, 'PAGES_PER_WIKI plan premium roles colour legend'));
    expect(section.some((href) => /^\/docs\/[\w/-]+#[\w-]+$/.test(href))).toBe(true);
  });

  it('says what is wrong with a search, and what may be tried', async () => {
    const empty = await client.submit(at('/docs'), '/docs/search');
    expect([empty.status, empty.url, hitsOf(empty)]).toEqual([200, `${app.url}/docs/search?q=`, []]);
    const wordless = await search(client, '…');
    expect([wordless.status, wordless.main]).toEqual([422, expect.stringContaining('Say at least one word')]);
    expect((await search(client, 'x'.repeat(2_001))).status).toBe(422);
    const nothing = await search(client, 'qqqzzzxxx');
    expect([nothing.status, nothing.main]).toEqual([200, expect.stringContaining('Nothing was found')]);
    const [script] = (await search(client, '<script>alert(1)</script>')).all('script').slice(-1);
    expect(textOf(script)).toBe('');
    expect(hrefsIn(await search(client, 'wiki')).some((href) => href === '/docs/search?q=wiki&offset=20')).toBe(true);
  });

  it('is there for whoever is signed in, and for tokens that may do little', async () => {
    const { token } = await app.addUser('alice');
    const { secret } = await app.rooms.tokens.createFor('alice', {
      label: 'narrow',
      verbs: ['write'],
      paths: ['Inbox'],
    });
    for (const bearer of [token, secret]) {
      const own = new WebClient(app.url, { authorization: `Bearer ${bearer}` });
      expect((await own.open('/docs/operating')).status).toBe(200);
      expect(hitsOf(await search(own, 'operating'))[0]).toContain('Operating');
    }
  });

  it('is open to a search and to nothing else', async () => {
    const { acl, actors } = app.rooms;
    const access = acl.manual();
    expect([access.actor.kind, access.paths]).toEqual(['nobody', null]);
    expect(
      ['page.write', 'wiki.settings', 'repo.push'].filter((action) => acl.can(access, action as 'page.write')),
    ).toEqual([]);
    const asked = acl.require('page.read', actors.system(), { id: access.wiki.id });
    await expect(asked).rejects.toMatchObject({ code: 'wiki-not-found' });
  });

  it('is told to search engines and language models, by the platform alone', async () => {
    const map = await client.open('/docs/sitemap.xml');
    const located = [...map.text.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, address]) => address);

    expect(located).toContain(`${site}/docs/getting-started`);
    expect(located).not.toContain(`${site}/docs/terms`);
    expect((await client.open('/sitemap.xml')).text).toContain(`<loc>${site}/docs/sitemap.xml</loc>`);
    expect((await client.open('/llms.txt')).text).toContain(
      `\n## Documentation\n\n- [Documentation](${site}/docs/README.md)`,
    );
  });
});

describeEmbedding('the documentation by meaning', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp({ SEARCH_BY_MEANING: 'on' });
  });
  afterAll(() => app?.stop());

  it(
    'is found in other words than its own, once it was read; until then by its words',
    { timeout: 120_000 },
    async () => {
      const client = new WebClient(app.url);
      const first = await search(client, 'reverse proxy');
      expect([first.status, hitsOf(first).length > 0]).toEqual([200, true]);

      const question = 'undo something a colleague did by mistake';
      await expect
        .poll(async () => (await search(client, question, '&mode=semantic')).main, { timeout: 90_000, interval: 500 })
        .toContain('· Meaning');
      await expect
        .poll(
          async () =>
            hitsOf(await search(client, question, '&mode=semantic'))
              .slice(0, 3)
              .join(),
          { timeout: 90_000, interval: 500 },
        )
        .toMatch(/In the browser|Questions and answers/);

      const found = await search(client, question);
      expect(found.main).toContain('Words and meaning');
      // It is no wiki that anybody could ask for.
      const { token } = await app.addUser('alice');
      const answer = await fetch(`${app.url}/api/v1/wikis`, { headers: { authorization: `Bearer ${token}` } });
      expect(await answer.text()).not.toContain('d0c5');
    },
  );
});
