import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, startApp } from '../kit/app.js';
import { aWiki, type WikiKit } from '../kit/a-wiki.js';
import { attributeOf, WebClient } from '../kit/web-client.js';

interface Answer {
  status: number;
  type: string | undefined;
  text: string;
  location: string | undefined;
}

/** fetch() does not let a caller choose the Host header. */
const ask = (app: TestApp, path: string, host = 'wiki.example') =>
  new Promise<Answer>((resolve, reject) => {
    const sent = request({ port: new URL(app.url).port, path, headers: { host, accept: '*/*' } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const { 'content-type': type, location } = response.headers;
        resolve({ status: response.statusCode ?? 0, type, location, text: Buffer.concat(chunks).toString('utf8') });
      });
    });
    sent.on('error', reject);
    sent.end();
  });
const located = (text: string) => [...text.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, address]) => address);
const site = 'https://wiki.example';

describe('what robots, search engines and language models are told', () => {
  let app: TestApp;
  let wiki: WikiKit;

  beforeAll(async () => {
    app = await startApp({ BASE_URL: site });
    wiki = await aWiki(app, 'alice', 'garden', {
      ...{ name: 'The *garden*', purpose: 'All of\nit', visibility: 'public' },
    });
    await wiki.platform.post('/wikis', { slug: 'cellar', name: 'The cellar' });
    const made = await wiki.rest.put('/pages/Beds%2FA%26B%20%27%C3%BC%27', { content: '# Roses\n\nRed.\n' });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
  });
  afterAll(() => app?.stop());

  it('robots stay away from forms and histories, and find the sitemap at the address of the site', async () => {
    const { status, type, text } = await ask(app, '/robots.txt');

    expect([status, type]).toEqual([200, 'text/plain; charset=utf-8']);
    expect(text).toContain('Disallow: /*/-/\n');
    expect(text).toContain('Disallow: /*?revision=\n');
    expect(text).toContain(`Sitemap: ${site}/sitemap.xml\n`);
    expect(text).not.toContain('cellar');
  });

  it('the sitemap leads to the pages of public wikis, with when they were changed', async () => {
    const index = await ask(app, '/sitemap.xml');
    expect([index.status, index.type]).toEqual([200, 'application/xml; charset=utf-8']);
    expect(located(index.text)).toEqual([
      `${site}/sitemap.xml?part=pages`,
      `${site}/docs/sitemap.xml`,
      `${site}/@alice/garden/sitemap.xml?part=1`,
    ]);

    const pages = await ask(app, '/@alice/garden/sitemap.xml?part=1');

    expect([pages.status, pages.type]).toEqual([200, 'application/xml; charset=utf-8']);
    expect(located(pages.text)).toContain(`${site}/@alice/garden/Beds/A%26B%20&apos;%C3%BC&apos;`);
    expect(located(pages.text)).toContain(`${site}/@alice/garden/Home`);
    expect(pages.text).toMatch(/<lastmod>\d{4}-\d\d-\d\dT[\d:.]+Z<\/lastmod>/);
    expect((await ask(app, '/@alice/garden/sitemap.xml')).text).toBe(pages.text);
    for (const part of ['2', '0', 'x', '-1', '1e9'])
      expect([part, (await ask(app, `/@alice/garden/sitemap.xml?part=${part}`)).status]).toEqual([part, 404]);
    expect((await ask(app, '/sitemap.xml?part=x')).status).toBe(404);
  });

  it('llms.txt lists the wikis, and the pages of a wiki as markdown', async () => {
    const all = await ask(app, '/llms.txt');
    const { type, text } = await ask(app, '/@alice/garden/llms.txt');

    expect(all.text).toContain(`- [The \\*garden\\*](${site}/@alice/garden/llms.txt): All of it\n`);
    expect(all.text).not.toContain('cellar');
    expect(type).toBe('text/plain; charset=utf-8');
    expect(text).toMatch(/^# The \\\*garden\\\*\n\n> All of it\n/);
    const address = text.match(/\((\S+\/Beds\/\S+\.md)\)/)?.[1] ?? '';
    expect((await ask(app, new URL(address).pathname)).text).toBe('# Roses\n\nRed.\n');
  });

  it('llms-full.txt has all pages under their addresses', async () => {
    const { status, text } = await ask(app, '/@alice/garden/llms-full.txt');

    expect(status).toBe(200);
    expect(text).toContain(`# [Beds/A&B 'ü'](${site}/@alice/garden/Beds/A%26B%20'%C3%BC')\n\n# Roses\n\nRed.\n`);
    expect(text).toContain(`# [Home](${site}/@alice/garden/Home)`);
    expect((await ask(app, '/llms-full.txt')).status).toBe(404);
  });

  it('ends when it would be too long, and says so', async () => {
    const large = await aWiki(app, 'carol', 'large', { visibility: 'public' });
    const content = 'x'.repeat(1_000_000);
    for (let at = 10; at < 28; at += 1) await large.rest.put(`/pages/${at}`, { content });

    const { text } = await ask(app, '/@carol/large/llms-full.txt');

    expect(text.length).toBeLessThan((16 << 20) + 10_000);
    expect(text).toContain(`# [25](${site}/@carol/large/25)`);
    expect(text).toMatch(/This text ends before https:\/\/wiki\.example\/@carol\/large\/26, /);
  });

  it('a private wiki answers as one that is not there', async () => {
    for (const name of ['llms.txt', 'llms-full.txt', 'sitemap.xml', 'sitemap.xml?part=1']) {
      const [hidden, missing] = await Promise.all([
        ask(app, `/@alice/cellar/${name}`),
        ask(app, `/@alice/nowhere/${name}`),
      ]);
      expect([hidden.status, hidden.text]).toEqual([404, missing.text.replaceAll('nowhere', 'cellar')]);
    }
  });

  it("a wiki's own file of that name comes first", async () => {
    const own = await aWiki(app, 'dora', 'own', { visibility: 'public' });
    const access = { owner: 'dora', slug: 'own' };
    const { actors, acl, fileWriter } = app.rooms;
    const writing = await acl.require('file.write', await actors.byToken(own.token, 'rest'), access);
    await fileWriter.put(writing, { path: 'llms.txt', bytes: Buffer.from('mine'), replace: false });

    expect((await ask(app, '/@dora/own/llms.txt')).text).toBe('mine');
  });

  it('pages name the address they should be known by; old ones and private ones ask not to be known', async () => {
    const client = new WebClient(app.url);
    const metaOf = async (path: string) => {
      const page = await client.open(path);
      const links = page.all('link').filter((link) => attributeOf(link, 'rel') === 'canonical');
      const robots = page.all('meta').filter((meta) => attributeOf(meta, 'name') === 'robots');
      return [links.map((link) => attributeOf(link, 'href')), robots.map((meta) => attributeOf(meta, 'content'))];
    };
    const revision = String((await wiki.rest.get('/pages/Home')).body['revision']);

    expect(await metaOf('/@alice/garden')).toEqual([[`${site}/@alice/garden/Home`], []]);
    expect(await metaOf(`/@alice/garden/Home?revision=${revision}`)).toEqual(
      // The newest revision is the page.
      [[`${site}/@alice/garden/Home`], []],
    );
    await wiki.rest.put('/pages/Home', { content: 'New.\n', revision });
    expect(await metaOf(`/@alice/garden/Home?revision=${revision}`)).toEqual([[], ['noindex']]);
    expect(await metaOf('/@alice/garden/-/history/Home')).toEqual([[], ['noindex']]);
    expect(await metaOf('/@alice/garden/-/files')).toEqual([[], ['noindex']]);
  });

  it('browsers find a sign of the site, and what it is called', async () => {
    const icon = await ask(app, '/favicon.ico');
    const manifest = await ask(app, '/manifest.webmanifest');

    expect([icon.status, icon.location]).toEqual([302, expect.stringMatching(/^\/-\/assets\/favicon[-\w]*\.ico$/)]);
    expect(manifest.type).toBe('application/manifest+json');
    expect(JSON.parse(manifest.text)).toMatchObject({ name: 'wikibot', start_url: '/' });
  });
});

describe('the same where each person and each custom slug has a host', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp({ BASE_URL: site, WILDCARD_DNS: 'true' });
    const { platform } = await aWiki(app, 'alice', 'garden', { name: 'The garden', visibility: 'public' });
    await platform.post('/wikis', {
      slug: 'notes',
      name: 'The notes',
      visibility: 'public',
      custom_slug: 'field-notes',
    });
    await aWiki(app, 'bobby', 'shed', { name: 'The shed', visibility: 'public' });
  });
  afterAll(() => app?.stop());

  it('each host tells of what is there', async () => {
    const robots = await ask(app, '/robots.txt', 'alice.wiki.example');
    const index = await ask(app, '/sitemap.xml', 'alice.wiki.example');
    const list = await ask(app, '/llms.txt', 'alice.wiki.example');

    expect(robots.text).toContain('Sitemap: https://alice.wiki.example/sitemap.xml\n');
    expect(located(index.text)).toEqual([
      'https://alice.wiki.example/sitemap.xml?part=pages',
      'https://alice.wiki.example/garden/sitemap.xml?part=1',
    ]);
    expect(list.text).toContain('(https://alice.wiki.example/garden/llms.txt)');
    expect(list.text).not.toContain('shed');
    expect(located((await ask(app, '/garden/sitemap.xml?part=1', 'alice.wiki.example')).text)).toContain(
      'https://alice.wiki.example/garden/Home',
    );
    expect((await ask(app, '/favicon.ico', 'alice.wiki.example')).status).toBe(302);
  });

  it('the host of one wiki tells of its pages', async () => {
    const pages = await ask(app, '/sitemap.xml?part=1', 'field-notes.wiki.example');
    const list = await ask(app, '/llms.txt', 'field-notes.wiki.example');
    const full = await ask(app, '/llms-full.txt', 'field-notes.wiki.example');

    expect(located(pages.text)).toContain('https://field-notes.wiki.example/Home');
    expect(list.text).toMatch(/^# The notes\n/);
    expect(full.text).toContain('# [Home](https://field-notes.wiki.example/Home)');
    expect(await ask(app, '/@field-notes/llms.txt')).toMatchObject({
      status: 308,
      location: 'https://field-notes.wiki.example/llms.txt',
    });
  });

  it('a host of nobody tells of nothing', async () => {
    expect(located((await ask(app, '/sitemap.xml', 'nobody.wiki.example')).text)).toEqual([]);
    expect((await ask(app, '/llms-full.txt', 'nobody.wiki.example')).status).toBe(404);
  });
});
