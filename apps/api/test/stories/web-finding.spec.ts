import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWiki } from '../kit/a-wiki.js';
import { startApp, type TestApp } from '../kit/app.js';
import type { RestClient } from '../kit/rest-client.js';
import { attributeOf, textOf, WebClient, type WebPage } from '../kit/web-client.js';

const password = 'correct horse battery';
const hostile = '"><img src=x onerror=alert(1)>';

describe('finding pages in a browser', () => {
  let app: TestApp;
  let rest: RestClient;
  let stranger: WebClient;
  let alice: WebClient;

  beforeAll(async () => {
    app = await startApp();
    const wiki = await aWiki(app, 'alice', 'garden', { name: 'The garden', visibility: 'public' });
    await wiki.platform.post('/wikis', { slug: 'cellar', name: 'The cellar' });
    rest = wiki.rest;
    const page = (path: string, content: string) => ({ op: 'write', path, content });
    const { status } = await rest.post('/batch', {
      operations: [
        page('Actors/Iran', '---\ncategory: actor\ntags: [asia]\n---\n\nIran sells oil. [[Oil]] [[Wanted]]\n'),
        page('Actors/Norway', '---\ncategory: actor\n---\n\nNorway sells oil. [[Oil]]\n'),
        page('Oil', '# Oil\n\n## Oil prices\n\nBlack.\n'),
        page('Coal', 'Coal is no oil. [[Far]]\n'),
        page('Far', 'Far away.\n'),
        ...Array.from({ length: 25 }, (_, at) => page(`Many/Number ${at}`, 'A turnip.\n')),
      ],
    });
    expect(status).toBe(200);
    await app.rooms.people.setPassword('alice', password);
    alice = new WebClient(app.url);
    await alice.submit(await alice.open('/auth/sign-in'), '/auth/sign-in', { login: 'alice', password });
    stranger = new WebClient(app.url);
  });
  afterAll(() => app?.stop());

  const links = (page: WebPage) => page.all('a').map((link) => attributeOf(link, 'href') ?? '');
  const results = (page: WebPage) =>
    page
      .all('ol')
      .filter((list) => attributeOf(list, 'class') === 'site-list')
      .flatMap(({ childNodes }) => childNodes)
      .map((item) => ('tagName' in item ? textOf(item) : ''));
  const theme = (page: WebPage) => attributeOf(page.all('html')[0], 'data-theme');

  describe('by searching', () => {
    const search = (query: string, browser = stranger) => browser.open(`/@alice/garden/-/search?${query}`);

    it.each([
      ['q=oil', ['Coal', 'Iran', 'Norway', 'Oil']],
      ['q=oil&folder=Actors', ['Iran', 'Norway']],
      ['q=oil&folder=/Actors/', ['Iran', 'Norway']],
      ['q=oil&folder=Act', []],
      ['q=oil&tag=Asia', ['Iran']],
      ['q=oil&category=actor&tag=', ['Iran', 'Norway']],
      ['q=oil&author=alice', ['Coal', 'Iran', 'Norway', 'Oil']],
      ['q=oil&author=bob', []],
      ['q=oil&since=2999-01-01', []],
      ['q=oil&since=2001-01-01&mode=keyword', ['Coal', 'Iran', 'Norway', 'Oil']],
    ])('%s finds %j', async (query, expected) => {
      const page = await search(query);

      expect(page.status).toBe(200);
      expect(
        results(page)
          .map((text) => /^\w+/.exec(text)?.[0])
          .sort(),
      ).toEqual(expected);
    });

    it('marks what was looked for, counts it, and says how it was found', async () => {
      const page = await search('q=oil&tag=asia');

      expect(page.all('mark').map(textOf)).toEqual(['oil', 'Oil']);
      expect(page.main).toContain('1 page · Words');
    });

    it('keeps what was asked for in the fields, in the parts of the list, and where a filter is taken away', async () => {
      const page = await search('q=turnip&folder=Many&mode=keyword');
      const next = page.all('a').find((link) => attributeOf(link, 'rel') === 'next');
      const second = await stranger.open(attributeOf(next, 'href') ?? '');

      expect([results(page).length, results(second).length]).toEqual([20, 5]);
      expect(page.main).toContain('1 to 20 of 25 pages');
      expect(second.main).toContain('21 to 25 of 25 pages');
      const values = second.all('input').map((input) => [attributeOf(input, 'name'), attributeOf(input, 'value')]);
      expect(values).toContainEqual(['folder', 'Many']);
      expect(links(second)).toContain('/@alice/garden/-/search?q=turnip&mode=keyword');
    });

    it('says what else may be tried when nothing was found, and offers to write to whoever may', async () => {
      const query = 'q=parsnip&tag=asia&mode=keyword';
      const [mine, theirs] = [await search(query, alice), await search(query)];

      expect(mine.main).toContain('Nothing was found for “parsnip”.');
      expect(links(mine)).toContain('/@alice/garden/-/search?q=parsnip&mode=keyword');
      expect(links(mine)).toContain('/@alice/garden/-/edit/parsnip');
      expect(links(theirs)).not.toContain('/@alice/garden/-/edit/parsnip');
    });

    it('offers names that begin so when a filter leaves nothing', async () => {
      expect(links(await search('q=oil&tag=nothing'))).toContain('/@alice/garden/Oil#oil-prices');
    });

    it.each([
      ['q=oil&since=yesterday', 422],
      ['q=%22%22', 422],
    ])('says beside the form what is wrong with %s', async (query, status) => {
      const page = await search(query);

      expect(page.status).toBe(status);
      expect(page.all('p').filter((p) => attributeOf(p, 'role') === 'alert')).toHaveLength(1);
      expect(page.all('input').map((input) => attributeOf(input, 'name'))).toContain('q');
    });

    it('shows what was typed as text', async () => {
      const fields = ['q', 'folder', 'tag', 'category', 'author'];
      const page = await search(fields.map((name) => `${name}=${encodeURIComponent(hostile)}`).join('&'));

      expect(page.all('img')).toEqual([]);
      expect(page.main).toContain(hostile);
    });
  });

  describe('while typing', () => {
    const find = async (query: string, browser = stranger, wiki = 'garden') => {
      const page = await browser.open(`/@alice/${wiki}/-/find?${query}`);
      return { status: page.status, body: page.status === 200 ? JSON.parse(page.text) : page.text };
    };

    it('has pages and sections that are called so before those that say so', async () => {
      const { body } = await find('q=oil');

      expect(body.results.map(({ kind, address }: never) => [kind, address])).toEqual([
        ['page', '/@alice/garden/Oil'],
        ['section', '/@alice/garden/Oil#oil-prices'],
        ...[expect.anything(), expect.anything(), expect.anything()],
      ]);
      const others = body.results.slice(2).map(({ kind, path }: Record<string, string>) => `${kind} ${path}`);
      expect(others.sort()).toEqual(['text Actors/Iran', 'text Actors/Norway', 'text Coal']);
      expect(body.mode).toBe('keyword');
    });

    it('knows of visited pages only those that there are', async () => {
      const { body } = await find('visited=Oil&visited=Gone&visited=Actors/Iran');

      expect(body.visited.map(({ path }: never) => path)).toEqual(['Oil', 'Actors/Iran']);
      expect(body.results).toEqual([]);
      expect((await find('visited=Gone')).body.visited).toEqual([]);
    });

    it('answers something to whatever is typed', async () => {
      for (const q of ['-', '"', '%00', '%F0%9F%98%80', ' '])
        expect(await find(`q=${q}`), q).toMatchObject({ status: 200, body: { results: [], visited: [] } });
    });

    it('is nothing for a wiki that one may not read', async () => {
      const hidden = await find('q=home&visited=Home', stranger, 'cellar');
      const missing = await find('q=home&visited=Home', stranger, 'nowhere');

      expect([hidden.status, missing.status]).toEqual([404, 404]);
      expect(hidden.body.replaceAll('cellar', 'nowhere')).toBe(missing.body);
      expect((await find('q=home', alice, 'cellar')).body.results[0].path).toBe('Home');
    });
  });

  describe('in the graph of links', () => {
    it('lists the most linked pages for whoever does not see the picture', async () => {
      const page = await stranger.open('/@alice/garden/-/graph');
      const rows = page.all('tr').map((row) => textOf(row).replaceAll(/\s+/g, ' '));

      expect(page.status).toBe(200);
      expect(rows).toContain('Oil 2Show');
      expect(page.all('script').map((script) => attributeOf(script, 'src'))).toContainEqual(
        expect.stringMatching(/^\/-\/assets\/graph[^/]*\.js$/),
      );
    });

    it('lists what a page links to and what links to it', async () => {
      const page = await stranger.open('/@alice/garden/-/graph?around=Actors/Iran&depth=1');

      expect(page.all('h1').map((h1) => textOf(h1))).toEqual(['Links around Actors/Iran']);
      expect(links(page)).toContain('/@alice/garden/-/graph?around=Wanted&depth=1');
      const menu = await stranger.open('/@alice/garden/Actors/Iran');
      expect(links(menu)).toContain('/@alice/garden/-/graph?around=Actors%2FIran&depth=2');
    });

    it('is drawn from pages, wishes and links, narrowed as the lists are', async () => {
      const data = async (query: string) =>
        JSON.parse((await stranger.open(`/@alice/garden/-/graph/data${query}`)).text) as {
          pages: { path: string; isMissing: boolean }[];
          links: [number, number][];
        };
      const paths = async (query: string) => (await data(query)).pages.map(({ path }) => path).sort();

      expect(await paths('?around=Coal&depth=1')).toEqual(['Coal', 'Far']);
      expect(await paths('?folder=Actors')).toEqual(['Actors/Iran', 'Actors/Norway', 'Wanted']);
      expect(await paths('?tag=ASIA')).toEqual(['Actors/Iran', 'Wanted']);
      const whole = await data('');
      const at = (path: string) => whole.pages.findIndex((page) => page.path === path);
      expect(whole.links).toContainEqual([at('Actors/Iran'), at('Wanted')]);
      expect(whole.pages[at('Wanted')]).toMatchObject({ isMissing: true, address: '/@alice/garden/Wanted' });
    });

    it.each([
      '?depth=99&around=Oil',
      '?depth=x',
      '?around=../x',
      `?around=${encodeURIComponent(hostile)}`,
      '?folder=%00',
    ])('takes %s without falling over or running anything', async (query) => {
      for (const below of ['', '/data']) {
        const page = await stranger.open(`/@alice/garden/-/graph${below}${query}`);
        expect(page.status).toBeLessThan(500);
        expect(page.all('img')).toEqual([]);
      }
    });

    it.each(['/-/graph', '/-/graph/data', '/-/appearance'])('%s is nothing where one may not read', async (path) => {
      expect((await stranger.open(`/@alice/cellar${path}`)).status).toBe(404);
      expect((await alice.open(`/@alice/cellar${path}`)).status).toBe(200);
    });
  });

  it('names keys only for what one may do', async () => {
    const keys = async (browser: WebClient) =>
      (await browser.open('/@alice/garden/Oil')).all('a').flatMap((link) => attributeOf(link, 'data-key') ?? []);

    expect((await keys(alice)).sort()).toEqual(['c', 'e', 'h']);
    expect(await keys(stranger)).toEqual(['h']);
  });

  describe('in the light that one likes', () => {
    it.each([
      ['somebody signed in', () => alice],
      ['anybody', () => new WebClient(app.url)],
    ])('is chosen by %s without script, and stays', async (_, someone) => {
      const browser = someone();
      const page = await browser.open('/@alice/garden/Oil');
      const way = links(page).find((link) => link.includes('/-/appearance')) ?? '';
      const chosen = await browser.submit(await browser.open(way), '/-/appearance', { theme: 'dark' });

      expect(theme(page)).toBeNull();
      expect(new URL(chosen.url).pathname).toBe('/@alice/garden/Oil');
      expect(theme(chosen)).toBe('dark');
      expect(theme(await browser.open('/@alice/garden/-/nothing'))).toBe('dark');
      expect(theme(await browser.open('/'))).toBe('dark');
      await browser.submit(await browser.open(way), '/-/appearance', { theme: 'auto' });
      expect(theme(await browser.open('/@alice/garden/Oil'))).toBeNull();
    });

    it('is another answer to a browser that keeps the page', async () => {
      const page = await stranger.open('/@alice/garden/Oil');
      const known = { 'if-none-match': page.headers.get('etag') ?? '' };
      const asked = (cookie: string) => fetch(page.url, { headers: { accept: 'text/html', cookie, ...known } });

      expect((await asked('wikibot-theme=auto')).status).toBe(304);
      const dark = await asked('wikibot-theme=dark');
      expect(dark.status).toBe(200);
      expect(dark.headers.get('vary')).toContain('Cookie');
      expect(await dark.text()).toContain('<html data-theme="dark" lang="en">');
    });

    it.each([
      'wikibot-theme=%22%3E%3Cscript%3E',
      'wikibot-theme=blue',
      'wikibot-hidden=side%22%20x',
      'wikibot-hidden=.',
    ])('takes nothing from %s', async (cookie) => {
      const [odd, plain] = await Promise.all([
        stranger.open('/@alice/garden/Oil', { cookie }),
        stranger.open('/@alice/garden/Oil'),
      ]);
      expect(odd.text).toBe(plain.text);
    });

    it('has the bars hidden that were hidden', async () => {
      const page = await stranger.open('/@alice/garden/Oil', { cookie: 'wikibot-hidden=side.aside' });

      expect(attributeOf(page.all('html')[0], 'data-hidden')).toBe('side aside');
    });

    it('leads to no other site afterwards, and takes no other theme', async () => {
      const form = await stranger.open('/@alice/garden/-/appearance?next=https://evil.example/x');
      const sent = await stranger.submit(form, '/-/appearance', { theme: 'light', next: '//evil.example' });
      const odd = await stranger.submit(form, '/-/appearance', { theme: 'blue' });

      expect(new URL(sent.url).origin).toBe(app.url);
      expect(odd.status).toBe(422);
      expect((await stranger.post('/@alice/garden/-/appearance', new URLSearchParams({ theme: 'dark' }))).status).toBe(
        403,
      );
    });
  });
});
