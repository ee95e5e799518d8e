import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, startApp } from '../kit/app.js';
import { aWiki } from '../kit/a-wiki.js';
import type { RestClient } from '../kit/rest-client.js';
import { attributeOf, textOf, WebClient } from '../kit/web-client.js';

const oil = 'Oil, of [[Actors/Iran]].\n\n<script>alert(1)</script>\n';

describe('a wiki in a browser', () => {
  let app: TestApp;
  let rest: RestClient;
  let stranger: WebClient;

  beforeAll(async () => {
    app = await startApp();
    const wiki = await aWiki(app, 'alice', 'garden', { name: 'The garden', visibility: 'public' });
    await wiki.platform.post('/wikis', { slug: 'cellar', name: 'The cellar' });
    rest = wiki.rest;
    await put(
      'Actors/Iran',
      `---\ntitle: Iran\ncategory: actor\ntags: [asia, oil]\n---\n\n# Iran\n\n## Past\n\nSee [[Oil]] and [[Nothing]].\n\n## Present\n\nText.\n`,
    );
    await put('Oil', oil);
    stranger = new WebClient(app.url);
  });
  afterAll(() => app?.stop());

  const put = (path: string, content: string, revision?: string) =>
    rest.put(`/pages/${encodeURIComponent(path)}`, { content, ...(revision !== undefined && { revision }) });

  it('shows a page with its title, contents, labels, links and last change', async () => {
    const page = await stranger.open('/@alice/garden/Actors/Iran');

    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.all('h1').map(textOf)).toEqual(['Iran']);
    expect(page.all('title').map(textOf)).toEqual(['Iran · The garden']);
    const links = page.all('a').map((link) => [textOf(link), attributeOf(link, 'href'), attributeOf(link, 'class')]);
    expect(links).toContainEqual(['Oil', '/@alice/garden/Oil', 'wb-page']);
    expect(links).toContainEqual(['Nothing', '/@alice/garden/Nothing', 'wb-missing']);
    expect(links).toContainEqual(['#asia', '/@alice/garden/-/tag/asia', null]);
    expect(links).toContainEqual(['Present', '#present', null]);
    expect(page.main).toContain('Linked from');
    expect(page.main).toContain('by alice');
  });

  it('runs nothing that stands on a page, and lets nothing run', async () => {
    const page = await stranger.open('/@alice/garden/Oil');

    expect(page.all('script').map((script) => attributeOf(script, 'src'))).toEqual([
      expect.stringMatching(/^\/-\/assets\/site/),
    ]);
    expect(page.main).toContain('<script>alert(1)</script>');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe-inline');
  });

  it('gives the markdown as it lies in git, at .md and to whoever asks for it', async () => {
    const byName = await stranger.open('/@alice/garden/Oil.md');
    const byAccept = await stranger.open('/@alice/garden/Oil', { accept: 'text/markdown' });

    for (const page of [byName, byAccept]) {
      expect(page.headers.get('content-type')).toBe('text/markdown; charset=utf-8');
      expect(page.text).toBe(oil);
    }
    const again = await fetch(`${app.url}/@alice/garden/Oil.md`, {
      headers: { 'if-none-match': byName.headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
  });

  it('shows the pages of a folder that is no page, and says of others that they do not exist', async () => {
    const folder = await stranger.open('/@alice/garden/Actors');
    const missing = await stranger.open('/@alice/garden/Nothing');

    expect([folder.status, missing.status]).toEqual([200, 404]);
    expect(folder.all('a').map((link) => attributeOf(link, 'href'))).toContain('/@alice/garden/Actors/Iran');
    expect(missing.main).toContain('There is no such page');
    expect(missing.all('a').map((link) => attributeOf(link, 'href'))).toContain('/@alice/garden/Actors/Iran');
    expect(missing.main).not.toContain('Create');
  });

  it('is the same page for what is private and what is missing, with the way to sign in', async () => {
    const told = async (path: string) => {
      const page = await stranger.open(path);
      return {
        status: page.status,
        text: page.text.replaceAll(encodeURIComponent(path), '…'),
        headers: [...page.headers.keys()],
      };
    };

    const hidden = await told('/@alice/cellar/Home');
    const missing = await told('/@alice/nowhere/Home');

    expect(hidden).toEqual(missing);
    expect(hidden.status).toBe(404);
    expect(hidden.text).toContain('/auth/sign-in?next=…');
  });

  it('shows an old revision as such', async () => {
    const before = String((await rest.get('/pages/Oil')).body['revision']);
    const changed = await put('Oil', 'New text.\n', before);
    const page = await stranger.open(`/@alice/garden/Oil?revision=${before}`);
    await put('Oil', oil, String(changed.body['revision']));

    expect(page.main).toContain('You are reading this page as it was');
    expect(page.main).toContain('Oil, of');
    expect(page.all('meta').map((meta) => [attributeOf(meta, 'name'), attributeOf(meta, 'content')])).toContainEqual([
      'robots',
      'noindex',
    ]);
  });

  it('speaks the language of the browser', async () => {
    const page = await stranger.open('/@alice/garden/Oil', { 'accept-language': 'de-AT,de;q=0.9,en;q=0.5' });

    expect(attributeOf(page.all('html')[0], 'lang')).toBe('de');
    expect(page.text).toContain('Letzte Änderungen');
  });

  it.each([
    ['/-/history/Actors/Iran', 'History of Actors/Iran'],
    ['/-/diff/Oil', 'What changed in Oil'],
    ['/-/blame/Oil', 'Who wrote what: Oil'],
    ['/-/changes', 'Recent changes'],
    ['/-/index', 'All pages'],
    ['/-/tags', 'Tags · Categories'],
    ['/-/tag/oil', '#oil'],
    ['/-/category/actor', 'actor'],
    ['/-/search?q=oil', 'Search'],
    ['/-/garden', 'Needs care'],
  ])('has %s', async (path, heading) => {
    const page = await stranger.open(`/@alice/garden${path}`);

    expect(page.status).toBe(200);
    expect(page.all('h1').map((h1) => textOf(h1).trim())).toEqual([heading]);
  });

  it('tells in three kinds of feed what changed, as text', async () => {
    await rest.put('/pages/Feeds', { content: 'x', commit_message: ']]><script>alert(1)</script> & "more"' });
    for (const [name, type] of [
      ['atom', 'application/atom+xml'],
      ['rss', 'application/rss+xml'],
      ['json', 'application/feed+json'],
    ]) {
      const page = await stranger.open(`/@alice/garden/-/feed.${name}`);

      expect(page.headers.get('content-type')).toContain(type);
      expect(page.text).toContain('alert(1)');
      if (name !== 'json') expect(page.text).not.toContain('<script>');
    }
  });

  it('shows a commit with what it did to each page', async () => {
    const { body } = await rest.get('/pages/Oil');
    const page = await stranger.open(`/@alice/garden/-/commit/${String(body['revision'])}`);

    expect(page.status).toBe(200);
    expect(page.main).toContain('Oil');
  });

  it.each([
    ['/api/v1/nowhere', 'application/problem+json'],
    ['/-/nowhere', 'text/html'],
  ])('takes %s for no page', async (path, type) => {
    const page = await stranger.open(`/@alice/garden${path}`);

    expect(page.status).toBe(404);
    expect(page.headers.get('content-type')).toContain(type);
    expect(page.text).not.toContain('There is no such page');
  });

  it('has files at their own addresses, whole and in part, that can do nothing', async () => {
    const bytes = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    const content = Buffer.from(bytes).toString('base64');
    await rest.post('/pages/Oil/attachments', { filename: 'drop.svg', content });
    const whole = await stranger.open('/@alice/garden/Oil/drop.svg');
    const tag = whole.headers.get('etag') ?? '';
    const part = await stranger.open('/@alice/garden/Oil/drop.svg', { range: 'bytes=0-3', 'if-range': tag });
    const changed = await stranger.open('/@alice/garden/Oil/drop.svg', { range: 'bytes=0-3', 'if-range': '"other"' });
    const odd = await stranger.open('/@alice/garden/-/file/Oil/drop.svg');

    expect([whole.text, part.text, changed.text, odd.text]).toEqual([bytes, '<svg', bytes, bytes]);
    expect([whole.status, part.status, changed.status, odd.status]).toEqual([200, 206, 200, 200]);
    expect(part.headers.get('content-range')).toBe(`bytes 0-3/${bytes.length}`);
    expect(whole.headers.get('content-security-policy')).toMatch(/default-src 'none';.*sandbox$/);
    expect((await stranger.open('/@alice/garden/-/file/Oil/none.svg')).status).toBe(404);
  });
});
