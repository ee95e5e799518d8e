import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type TestApp, startApp } from '../kit/app.js';
import { aWiki, type WikiKit } from '../kit/a-wiki.js';
import { GitClient } from '../kit/git-client.js';
import { attributeOf, textOf, WebClient, type WebPage } from '../kit/web-client.js';

const embeddings = `---
tags: [otter, sea]
category: animal
2024: a number
created: 2026-03-01
draft: false
sources:
  - name: One
related: "[[Diagrams]] <b>"
---

{{InfoBox
|Family=Mustelidae
|See=[[Secret/Plan]]
}}

{{DataTable|src=data.csv}}

{{DataTable|src=/Secret/plan.csv}}

{{ImageFrame|src=Secret/plan.png}}

{{AttachmentList|format=minimal}}

{{PageIndex|src=/|style=list}}

{{PageIndex|style=tree|toc=true}}
`;

describe('what pages show of their wiki', () => {
  let app: TestApp;
  let wiki: WikiKit;
  let git: GitClient;
  let browser: WebClient;

  beforeAll(async () => {
    app = await startApp();
    wiki = await aWiki(app, 'alice', 'garden', { visibility: 'public' });
    await put('Otter', embeddings);
    await put('Otter/Sea', '# Sea otter\n\n## Food\n\ntext\n');
    await put('Secret/Plan', '# The plan\n\n## Aim\n');
    await attach('Otter', 'data.csv', 'Name;Score\nAlice;<b>42</b>\n');
    await put('Secret', 'x');
    await attach('Secret', 'plan.csv', 'hidden;value\n1;2\n');
    git = await GitClient.create();
    browser = new WebClient(app.url);
  });
  afterAll(async () => {
    await app?.stop();
    await git?.remove();
  });

  const put = (path: string, content: string) => wiki.rest.put(`/pages/${encodeURIComponent(path)}`, { content });
  const attach = (path: string, filename: string, text: string) =>
    wiki.rest.post(`/pages/${path}/attachments`, { filename, content: Buffer.from(text).toString('base64') });
  const links = (page: WebPage) => page.all('a').map((link) => [textOf(link), attributeOf(link, 'href')]);

  it('is tables, files and pages, with links that lead there', async () => {
    const page = await browser.open('/@alice/garden/Otter');

    expect(page.status).toBe(200);
    expect(page.all('td').map(textOf)).toEqual(expect.arrayContaining(['Mustelidae', 'Alice', '<b>42</b>', '1', '2']));
    expect(links(page)).toContainEqual(['data.csv', '/@alice/garden/Otter/data.csv']);
    expect(links(page)).toContainEqual(['Sea otter', '/@alice/garden/Otter/Sea']);
    expect(links(page)).toContainEqual(['Food', '/@alice/garden/Otter/Sea#food']);
    expect(links(page)).toContainEqual(['The plan', '/@alice/garden/Secret/Plan']);
  });

  it('follows what happens to it', async () => {
    await attach('Otter', 'more.txt', 'x');
    await put('Otter/River', '# River otter\n');

    const page = await browser.open('/@alice/garden/Otter');

    expect(links(page)).toContainEqual(['more.txt', '/@alice/garden/Otter/more.txt']);
    expect(links(page)).toContainEqual(['River otter', '/@alice/garden/Otter/River']);
  });

  it('is nothing that whoever reads may not see', async () => {
    const { acl, actors, pageTexts } = app.rooms;
    const access = await acl.require('page.read', actors.system(), { owner: 'alice', slug: 'garden' });
    const narrow = { ...access, paths: ['Otter'] } as typeof access;

    const whole = await pageTexts.of(access, { path: 'Otter', text: embeddings });
    const part = await pageTexts.of(narrow, { path: 'Otter', text: embeddings });

    const seen = ({ listed }: typeof whole) => ({
      tables: [...(listed?.tables.keys() ?? [])],
      pages: [...(listed?.pages.values() ?? [])].flat().map(({ path }) => path),
    });
    expect(seen(whole).tables).toEqual(['data.csv', 'Secret/plan.csv']);
    expect(seen(whole).pages).toContain('Secret/Plan');
    expect(seen(part).tables).toEqual(['data.csv']);
    expect(seen(part).pages.filter((path) => !path.startsWith('Otter'))).toEqual([]);
    expect(seen(part).pages).toContain('Otter/Sea');
  });

  it('is the properties of the page, in their order, as text and links', async () => {
    const page = await browser.open('/@alice/garden/Otter');
    const names = page.all('dt').map(textOf);

    expect(page.all('summary').map(textOf)).toContain('Properties');
    expect(names).toEqual(['tags', 'category', '2024', 'created', 'draft', 'sources', 'name', 'related']);
    const inPanel = links(page).filter(([text]) => text === 'sea' || text === 'animal');
    expect(inPanel).toEqual(
      expect.arrayContaining([
        ['sea', '/@alice/garden/-/tag/sea'],
        ['animal', '/@alice/garden/-/category/animal'],
      ]),
    );
    expect(page.all('time').map((time) => attributeOf(time, 'datetime'))).toContain('2026-03-01');
    expect(page.all('dd').map(textOf)).toContain('[[Diagrams]] <b>');
    expect(page.all('h1').map(textOf)).toEqual(['Otter']);
  });

  it('says that properties cannot be read, and shows them', async () => {
    await put('Broken', '---\ntitle: [<b>x\n---\n\n# Body\n');

    const page = await browser.open('/@alice/garden/Broken');

    expect(page.status).toBe(200);
    expect(page.main).toContain('cannot be read');
    expect(page.all('code').map(textOf)).toEqual(['---\ntitle: [<b>x\n---\n']);
    expect(page.all('h1').map(textOf)).toEqual(['Body']);
    expect(page.all('details').map((one) => attributeOf(one, 'class'))).not.toContain('site-properties');
  });

  it('has the title of its frontmatter where its text has none', async () => {
    await put(
      'Titled',
      '---\ntitle: "<img src=x onerror=alert(1)>"\n"<b>": "</dd><script>alert(1)</script>"\n---\n\nText.\n',
    );

    const page = await browser.open('/@alice/garden/Titled');

    expect(page.all('h1').map(textOf)).toEqual(['<img src=x onerror=alert(1)>']);
    expect(page.all('dt').map(textOf)).toEqual(['title', '<b>']);
    expect([...page.all('img'), ...page.all('b')]).toEqual([]);
    expect(page.all('script').map(textOf)).toEqual(['']);
  });

  it('is a page also when its bytes are no UTF-8, with a word on that', async () => {
    const url = `${app.url.replace('://', `://token:${wiki.token}@`)}/@alice/garden.git`;
    await git.run(['clone', '-q', url, 'clone']);
    const bytes = Buffer.concat([
      Buffer.from('---\ntitle: "caf'),
      Buffer.from([0xe9]),
      Buffer.from('"\n---\n\n'),
      Buffer.from([0xff, 0xfe, 0x00, 0x41]),
    ]);
    await writeFile(git.path('clone', 'Latin.md'), bytes);
    await git.run(['add', '.'], git.path('clone'));
    await git.run(['commit', '-qm', 'latin'], git.path('clone'));
    const pushed = await git.try(['push', '-q'], git.path('clone'));
    expect(pushed.code, pushed.stderr).toBe(0);

    const page = await browser.open('/@alice/garden/Latin');

    expect(page.status).toBe(200);
    expect(page.main).toContain('not valid UTF-8');
    expect(page.main).toContain('by git');
  });

  it('is its text where it cannot be shown otherwise', async () => {
    await put('Slow', '# Slow\n\nSee [[Otter]] <b>.\n');
    // What a page that takes too long comes to.
    const renderer = vi.spyOn(app.rooms.renderer, 'show').mockResolvedValueOnce(null);

    const page = await browser.open('/@alice/garden/Slow');
    renderer.mockRestore();

    expect(page.status).toBe(200);
    expect(page.all('pre').map(textOf)).toEqual(['# Slow\n\nSee [[Otter]] <b>.\n']);
    expect(page.main).toContain('Here is its text');
  });

  it('goes from right to left where its script does', async () => {
    await put('Hebrew', '# שלום\n\nطويل\n\nEnglish\n\n## פרק\n\nx\n');

    const page = await browser.open('/@alice/garden/Hebrew');

    expect(page.all('p').filter((one) => attributeOf(one, 'dir') === 'auto')).toHaveLength(3);
    const anchors = page.all('h2').map((heading) => attributeOf(heading, 'id'));
    expect(anchors).toContain('פרק');
    expect(links(page)).toContainEqual(['פרק', `#${encodeURIComponent('פרק')}`]);
  });
});
