import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, startApp } from '../kit/app.js';
import { aWiki, type WikiKit } from '../kit/a-wiki.js';
import { WebClient } from '../kit/web-client.js';

// What nobody was answered with is sent again past the framework; each of these would be a page too many.
describe('pages that anybody may read, asked for again', () => {
  let app: TestApp;
  let wiki: WikiKit;
  let nobody: WebClient;

  beforeAll(async () => {
    app = await startApp();
    wiki = await aWiki(app, 'alice', 'garden', { visibility: 'public' });
    await app.rooms.people.setPassword('alice', 'correct horse battery');
    await wiki.rest.put('/pages/Soil', { content: 'The soil is dry.\n' });
    nobody = new WebClient(app.url);
  });
  afterAll(() => app?.stop());

  const soil = async () => {
    await nobody.open('/@alice/garden/Soil');
    return nobody.open('/@alice/garden/Soil');
  };
  const publish = (visibility: string) => wiki.platform.put('/wikis/alice/garden/visibility', { visibility });

  it('come with the same headers and bytes, and not again to whoever has them', async () => {
    const first = await nobody.open('/@alice/garden/Soil');
    const again = await soil();
    const headers = (page: typeof first) =>
      [...page.headers].filter(([name]) => !/^(?:date|x-request-id|keep-alive|connection)$/.test(name));

    expect(again.text).toBe(first.text);
    expect(headers(again)).toEqual(headers(first));
    const etag = again.headers.get('etag') ?? '';
    expect((await nobody.open('/@alice/garden/Soil', { 'if-none-match': etag })).status).toBe(304);
  });

  it('follow the page, the languages, and the look that is chosen', async () => {
    await soil();
    const { body } = await wiki.rest.get('/pages/Soil');
    await wiki.rest.put('/pages/Soil', { content: 'The soil is wet.\n', revision: body['revision'] });
    expect((await nobody.open('/@alice/garden/Soil')).main).toContain('The soil is wet.');

    const german = await nobody.open('/@alice/garden/Soil', { 'accept-language': 'de' });
    expect(german.all('html')[0]?.attrs).toContainEqual({ name: 'lang', value: 'de' });
    const dark = await nobody.open('/@alice/garden/Soil', { cookie: 'wikibot-theme=dark' });
    expect(dark.all('html')[0]?.attrs).toContainEqual({ name: 'data-theme', value: 'dark' });
    const text = await nobody.open('/@alice/garden/Soil', { accept: 'text/markdown' });
    expect(text.text).toBe('The soil is wet.\n');
  });

  it('are refused from the moment that the wiki is private', async () => {
    expect((await soil()).status).toBe(200);
    await publish('private');
    expect((await nobody.open('/@alice/garden/Soil')).status).toBe(404);
    await publish('public');
    expect((await soil()).status).toBe(200);
  });

  it('are gone when the page is, and lead on when the wiki has another address', async () => {
    await wiki.rest.put('/pages/Brief', { content: 'Soon gone.\n' });
    await nobody.open('/@alice/garden/Brief');
    expect((await nobody.open('/@alice/garden/Brief')).status).toBe(200);
    await wiki.rest.delete('/pages/Brief');
    expect((await nobody.open('/@alice/garden/Brief')).status).toBe(404);

    await soil();
    await wiki.platform.put('/wikis/alice/garden/custom-slug', { custom_slug: 'field-notes' });
    expect(new URL((await nobody.open('/@alice/garden/Soil')).url).pathname).toBe('/@field-notes/Soil');
    await wiki.platform.put('/wikis/alice/garden/custom-slug', { custom_slug: null });
  });

  it('show whoever signed in what is theirs to do', async () => {
    await soil();
    const alice = new WebClient(app.url);
    await alice.submit(await alice.open('/auth/sign-in'), '/auth/sign-in', {
      login: 'alice',
      password: 'correct horse battery',
    });
    expect((await alice.open('/@alice/garden/Soil')).text).toContain('/-/edit/Soil');
    expect((await soil()).text).not.toContain('/-/edit/Soil');
  });
});
