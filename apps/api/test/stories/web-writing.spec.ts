import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestApp } from '../kit/app.js';
import { aWebWiki } from '../kit/a-web-wiki.js';
import { type WikiKit } from '../kit/a-wiki.js';
import { attributeOf, textOf, type WebClient } from '../kit/web-client.js';

describe('writing in a browser without script', () => {
  let app: TestApp;
  let wiki: WikiKit;
  let alice: WebClient;
  let stranger: WebClient;

  beforeAll(async () => {
    ({ app, wiki, alice, stranger } = await aWebWiki());
  });
  afterAll(() => app?.stop());

  const edit = (path: string) => alice.open(`/@alice/garden/-/edit/${path}`);
  const text = async (path: string) =>
    String((await wiki.rest.get(`/pages/${encodeURIComponent(path)}`)).body['content']);

  it('makes a page where there was none, and tells the history by which door', async () => {
    const missing = await alice.open('/@alice/garden/Beds/Roses');
    expect(missing.main).toContain('Create this page');

    const page = await alice.submit(await edit('Beds/Roses'), '/-/edit/Beds/Roses', {
      content: '# Roses\r\n\r\nRed.\r\n',
      message: 'Begin with roses',
    });

    expect(new URL(page.url).pathname).toBe('/@alice/garden/Beds/Roses');
    expect(await text('Beds/Roses')).toBe('# Roses\n\nRed.\n');
    const { body } = await wiki.rest.get('/pages/Beds%2FRoses/history');
    expect(body['history']?.[0] ?? body['changes']).toMatchObject({
      door: 'web',
      message: 'Begin with roses',
      username: 'alice',
    });
  });

  it('changes a page, also while somebody changes other lines of it', async () => {
    await wiki.rest.put('/pages/Tools', { content: 'spade\n\nfork\n\nrake\n' });
    const form = await edit('Tools');
    const { body } = await wiki.rest.get('/pages/Tools');
    await wiki.rest.put('/pages/Tools', { content: 'spade\n\nfork\n\nnew rake\n', revision: body['revision'] });

    await alice.submit(form, '/-/edit/Tools', { content: 'old spade\n\nfork\n\nrake\n' });

    expect(await text('Tools')).toBe('old spade\n\nfork\n\nnew rake\n');
  });

  it('shows both texts when two changed the same lines, and loses neither', async () => {
    await wiki.rest.put('/pages/Soil', { content: 'The soil is wet.\n' });
    const form = await edit('Soil');
    const { body } = await wiki.rest.get('/pages/Soil');
    await wiki.rest.put('/pages/Soil', { content: 'The soil is dry.\n', revision: body['revision'] });

    const conflict = await alice.submit(form, '/-/edit/Soil', { content: 'The soil is frozen.\n' });

    expect(conflict.status).toBe(409);
    expect(conflict.all('ins').map(textOf)).toEqual(expect.arrayContaining(['dry', 'frozen']));
    expect(conflict.all('textarea').map((area) => textOf(area).trim())).toEqual([
      'The soil is frozen.',
      'The soil is dry.',
    ]);
    expect(await text('Soil')).toBe('The soil is dry.\n');
    await alice.submit(conflict, '/-/edit/Soil', { content: 'The soil is dry and frozen.\n' });
    expect(await text('Soil')).toBe('The soil is dry and frozen.\n');
  });

  it('shows what the text will look like before it is saved', async () => {
    const preview = await alice.submit(await edit('Later'), '/-/edit/Later', {
      content: 'Some **bold** text.',
      act: 'preview',
    });

    expect(preview.all('strong').map(textOf)).toEqual(['bold']);
    expect(preview.all('textarea').map((area) => textOf(area).trim())).toEqual(['Some **bold** text.']);
    expect((await wiki.rest.get('/pages/Later')).status).toBe(404);
  });

  it('keeps what was typed when it is refused, with the reason', async () => {
    const refused = await alice.submit(await edit('Ok'), '/-/edit/Ok', {
      content: 'Text.',
      message: 'x'.repeat(9_999) + '\0',
    });
    const odd = await alice.submit(await edit('a:b'), '/-/edit/a%3Ab', { content: 'My text.' });

    expect([refused.status, odd.status]).toEqual([422, 422]);
    expect(odd.main).toContain('it contains :');
    expect(odd.all('textarea').map((area) => textOf(area).trim())).toEqual(['My text.']);
  });

  it('keeps the line breaks that a page has', async () => {
    await wiki.rest.put('/pages/Windows', { content: 'one\r\ntwo\r\n' });

    await alice.submit(await edit('Windows'), '/-/edit/Windows', { content: 'one\r\ntwo\r\nthree\r\n' });

    expect(await text('Windows')).toBe('one\r\ntwo\r\nthree\r\n');
  });

  it('renames a page with the links to it, and deletes it with a word on those that break', async () => {
    await wiki.rest.put('/pages/Pond', { content: 'Water.\n' });
    await wiki.rest.put('/pages/Fish', { content: 'In the [[Pond]].\n' });
    const move = await alice.open('/@alice/garden/-/rename/Pond');
    expect(move.main).toContain('Fish');

    const moved = await alice.submit(move, '/-/rename/Pond', { to: 'Lake' });
    expect(new URL(moved.url).pathname).toBe('/@alice/garden/Lake');
    expect(await text('Fish')).toBe('In the [[Lake]].\n');

    const remove = await alice.open('/@alice/garden/-/delete/Lake');
    expect(remove.main).toContain('Fish');
    await alice.submit(remove, '/-/delete/Lake');
    expect((await wiki.rest.get('/pages/Lake')).status).toBe(404);
  });

  it('makes a page again what it was', async () => {
    const made = await wiki.rest.put('/pages/Fence', { content: 'Wood.\n' });
    await wiki.rest.put('/pages/Fence', { content: 'Stone.\n', revision: made.body['revision'] });
    const old = await alice.open(`/@alice/garden/Fence?revision=${String(made.body['revision'])}`);

    await alice.submit(old, '/-/restore/Fence');

    expect(await text('Fence')).toBe('Wood.\n');
  });

  it('is reached from the page: rename, delete and who wrote what', async () => {
    const page = await alice.open('/@alice/garden/Tools');
    const ways = page.all('a').map((link) => attributeOf(link, 'href'));

    for (const kind of ['edit', 'history', 'blame', 'rename', 'delete'])
      expect(ways).toContain(`/@alice/garden/-/${kind}/Tools`);
  });

  it('is not offered to whoever may only read, nor done for them', async () => {
    const page = await stranger.open('/@alice/garden/Tools');
    const form = await stranger.open('/@alice/garden/-/edit/Tools');
    const sent = await stranger.post('/@alice/garden/-/edit/Tools', new URLSearchParams({ content: 'x' }));

    expect(page.main).not.toContain('Edit');
    expect(form.status).toBe(404);
    expect([403, 404]).toContain(sent.status);
  });
});
