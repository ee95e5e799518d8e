import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestApp } from '../kit/app.js';
import { aWebWiki } from '../kit/a-web-wiki.js';
import { type WikiKit } from '../kit/a-wiki.js';
import { attributeOf, textOf, type WebClient, type WebPage } from '../kit/web-client.js';

describe('new pages, folders and sections in a browser without script', () => {
  let app: TestApp;
  let wiki: WikiKit;
  let alice: WebClient;
  let stranger: WebClient;

  beforeAll(async () => {
    ({ app, wiki, alice, stranger } = await aWebWiki());
  });
  afterAll(() => app?.stop());

  const at = (path: string) => `/@alice/garden/${path}`;
  const page = (path: string) => wiki.rest.get(`/pages/${encodeURIComponent(path)}`);
  const text = async (path: string) => String((await page(path)).body['content']);
  const put = (path: string, content: string) => wiki.rest.put(`/pages/${encodeURIComponent(path)}`, { content });
  const typed = (shown: WebPage) => shown.all('textarea').map((area) => textOf(area).replace(/^\n/, ''));
  const links = (shown: WebPage) => shown.all('a').map((link) => attributeOf(link, 'href') ?? '');
  const options = (shown: WebPage) => shown.all('option').map((option) => attributeOf(option, 'value'));

  it('a new page begins with a template, filled in', async () => {
    await put('Templates/Meeting', '---\ntitle: "{{title}}"\n---\n\n# {{title}}\n\n{{date}}, {{user}}\n');
    const form = await alice.open(at('-/new'));
    expect(options(form)).toEqual(expect.arrayContaining(['', 'Templates/Meeting', 'Templates/']));

    const editor = await alice.submit(form, '/-/new', { path: 'Notes/Week 1', from: 'Templates/Meeting' });

    expect(new URL(editor.url).pathname).toBe(at('-/edit/Notes/Week%201'));
    const today = new Date().toISOString().slice(0, 4);
    expect(typed(editor)[0]).toContain('---\ntitle: "Week 1"\n---\n\n# Week 1\n\n' + today);
    expect(typed(editor)[0]).toContain(', alice');
    expect((await page('Notes/Week 1')).status).toBe(404);
    await alice.submit(editor, '/-/edit/Notes/Week%201');
    expect((await page('Notes/Week 1')).body['name']).toBe('Week 1');
  });

  it('a page is duplicated, under a name that is free and allowed', async () => {
    await put('Beds/Roses', 'Red {{title}}.\n');
    const duplicate = links(await alice.open(at('Beds/Roses'))).find((link) => link.includes('/-/new?from=')) ?? '';
    const form = await alice.open(duplicate);
    const fields = { from: 'Beds/Roses' };

    const taken = await alice.submit(form, '/-/new', { ...fields, path: 'Beds/Roses' });
    const odd = await alice.submit(form, '/-/new', { ...fields, path: 'a:b' });
    const editor = await alice.submit(form, '/-/new', fields);

    expect([taken.status, odd.status]).toEqual([409, 422]);
    expect(taken.main).toContain('There is a page Beds/Roses already.');
    expect(odd.all('input').map((input) => attributeOf(input, 'value'))).toContain('a:b');
    expect(new URL(editor.url).pathname).toBe(at('-/edit/Beds/Roses%20copy'));
    expect(typed(editor)).toEqual(['Red {{title}}.\n']);
    expect((await alice.open(at('-/edit/Nothing?from=Nowhere'))).status).toBe(404);
  });

  it('a folder is moved with its pages and the links to them', async () => {
    await put('Old/One', 'See [[Old/Two]].\n');
    await put('Old/Two', 'Two.\n');
    await put('Points', 'At [[Old/One]].\n');
    const folder = await alice.open(at('Old'));
    const form = await alice.open(links(folder).find((link) => link.includes('/-/rename/')) ?? '');
    for (const path of ['Old/One', 'Old/Two', 'Points']) expect(form.main).toContain(path);

    const inside = await alice.submit(form, '/-/rename/Old', { to: 'Old/Deeper' });
    expect([inside.status, inside.all('input').map((field) => attributeOf(field, 'value'))]).toEqual([
      422,
      expect.arrayContaining(['Old/Deeper']),
    ]);
    const moved = await alice.submit(form, '/-/rename/Old', { to: 'New/Place' });

    expect(new URL(moved.url).pathname).toBe(at('New/Place'));
    expect(await text('New/Place/One')).toBe('See [[New/Place/Two]].\n');
    expect(await text('Points')).toBe('At [[New/Place/One]].\n');
    expect((await page('Old/Two')).status).toBe(404);
  });

  it('a page moves alone, or with the pages below when that is ticked', async () => {
    await put('Top', 'Top.\n');
    await put('Top/Below', 'Below.\n');
    await put('Pointer', '[[Top/Below]]\n');
    const form = await alice.open(at('-/rename/Top'));
    expect(form.main).toContain('Also the page below');
    expect(form.main).toContain('Pages that link to those below');

    await alice.submit(form, '/-/rename/Top', { to: 'Summit' });
    expect(await text('Top/Below')).toBe('Below.\n');
    await put('Top', 'Top again.\n');
    await alice.submit(await alice.open(at('-/rename/Top')), '/-/rename/Top', { to: 'Crest', below: 'on' });

    expect([await text('Crest'), await text('Crest/Below')]).toEqual(['Top again.\n', 'Below.\n']);
    expect(await text('Pointer')).toBe('[[Crest/Below]]\n');
  });

  it('a folder is deleted as it was seen, or not at all', async () => {
    await put('Heap/One', 'One.\n');
    const form = await alice.open(at('-/delete/Heap'));
    await put('Heap/Two', 'Two.\n');

    const stale = await alice.submit(form, '/-/delete/Heap');
    expect(stale.status).toBe(409);
    expect(stale.main).toContain('Heap/Two');
    expect((await page('Heap/One')).status).toBe(200);
    await alice.submit(stale, '/-/delete/Heap');

    expect([(await page('Heap/One')).status, (await page('Heap/Two')).status]).toEqual([404, 404]);
    expect((await alice.open(at('-/deleted'))).main).toContain('Heap/Two');
  });

  it('one section is written, from a link in its heading', async () => {
    await put('Guide', '# Guide\n\nAll.\n\n## Soil & *more*\n\nWet.\n\n## End\n\nEnd.\n\n> ## Quoted\n');
    const shown = await alice.open(at('Guide'));
    const sections = links(shown).filter((link) => link.includes('?section='));
    expect(sections).toHaveLength(2);
    expect((await stranger.open(at('Guide'))).text).not.toContain('?section=');

    const editor = await alice.open(sections[0] ?? '');
    expect(typed(editor)).toEqual(['## Soil & *more*\n\nWet.\n\n']);
    const { body } = await page('Guide');
    await wiki.rest.put('/pages/Guide', {
      content: String(body['content']).replace('End.', 'The end.'),
      revision: body['revision'],
    });
    const saved = await alice.submit(editor, '/-/edit/Guide', { content: '## Soil & *more*\r\n\r\nDry.\r\n' });

    expect(new URL(saved.url).hash).toBe('#soil-more');
    expect(await text('Guide')).toBe(
      '# Guide\n\nAll.\n\n## Soil & *more*\n\nDry.\n\n## End\n\nThe end.\n\n> ## Quoted\n',
    );
  });

  it('a section that somebody else changed is put together as a page', async () => {
    await put('Shared', '# Shared\n\n## Part\n\nold\n\n## Rest\n\nrest\n');
    const editor = await alice.open(at('-/edit/Shared?section=%23part'));
    const { body } = await page('Shared');
    await wiki.rest.put('/pages/Shared', {
      content: String(body['content']).replace('old', 'theirs'),
      revision: body['revision'],
    });

    const conflict = await alice.submit(editor, '/-/edit/Shared', { content: '## Part\n\nmine\n' });

    expect(conflict.status).toBe(409);
    expect(typed(conflict)[0]).toContain('mine\n\n## Rest\n\nrest');
    await alice.submit(conflict, '/-/edit/Shared', { content: '# Shared\n\n## Part\n\nboth\n' });
    expect(await text('Shared')).toBe('# Shared\n\n## Part\n\nboth\n');
    expect((await alice.open(at('-/edit/Shared?section=Never'))).status).toBe(404);
  });

  it('a draft is thrown away', async () => {
    await put('Draft', 'Saved.\n');
    const editor = await alice.open(at('-/edit/Draft'));
    const token = editor.all('input').find((input) => attributeOf(input, 'name') === 'form_token');
    await alice.put(at('-/draft/Draft'), { content: 'Unsaved.\n' }, attributeOf(token, 'value') ?? '');
    const offered = await alice.open(at('-/edit/Draft'));
    expect(offered.main).toContain('did not save');

    await alice.submit(offered, '/-/discard/Draft');

    expect((await alice.open(at('-/edit/Draft'))).main).not.toContain('did not save');
  });

  it('the editor may bring its own styles by a nonce of one answer, and no page else may', async () => {
    const stylesOf = (shown: WebPage) =>
      /style-src [^;]*/.exec(shown.headers.get('content-security-policy') ?? '')?.[0];
    const nonceOf = (shown: WebPage) =>
      attributeOf(
        shown.all('form').find((form) => attributeOf(form, 'data-editor') !== null),
        'data-nonce',
      );
    const [one, two] = [await alice.open(at('-/edit/Guide')), await alice.open(at('-/edit/Guide'))];

    expect(stylesOf(one)).toBe(`style-src 'self' 'nonce-${nonceOf(one)}'`);
    expect(nonceOf(one)?.length).toBeGreaterThan(20);
    expect(nonceOf(two)).not.toBe(nonceOf(one));
    expect(stylesOf(await alice.open(at('Guide')))).toBe("style-src 'self'");
    expect(one.headers.get('content-security-policy')).toContain("script-src 'self';");
  });
});
