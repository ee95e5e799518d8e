import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWiki, type WikiKit } from '../kit/a-wiki.js';
import { type TestApp, startApp } from '../kit/app.js';
import { attributeOf, textOf, WebClient, type WebPage } from '../kit/web-client.js';

const password = 'correct horse battery';
const settings = '/wikis/alice/notes/settings';

const pathOf = ({ url }: WebPage) => new URL(url).pathname;
const faultsIn = (page: WebPage) =>
  page
    .all('p')
    .filter((one) => attributeOf(one, 'class') === 'site-fault')
    .map(textOf);
const valueOf = (page: WebPage, name: string) => {
  const field = [...page.all('input'), ...page.all('textarea')].find((one) => attributeOf(one, 'name') === name);
  return field?.tagName === 'textarea' ? textOf(field) : attributeOf(field, 'value');
};

describe('the settings of a wiki in a browser', () => {
  let app: TestApp;
  let kit: WikiKit;
  let alice: WebClient;
  let vera: WebClient;

  beforeAll(async () => {
    app = await startApp();
    kit = await aWiki(app, 'alice', 'notes', { purpose: 'Birds\nand fish' });
    await app.rooms.people.setPassword('alice', password);
    await app.rooms.people.create({ username: 'vera', password });
    await kit.platform.put('/wikis/alice/notes/members/vera', { role: 'editor' });
    [alice, vera] = [new WebClient(app.url), new WebClient(app.url)];
    for (const [client, login] of [
      [alice, 'alice'],
      [vera, 'vera'],
    ] as const)
      await client.submit(await client.open('/auth/sign-in'), '/auth/sign-in', { login, password });
  });
  afterAll(() => app?.stop());

  const meta = async (slug = 'notes') => (await kit.platform.get(`/wikis/alice/${slug}`)).body;

  it('are shown and changed: name, purpose, categories and the order of links', async () => {
    const page = await alice.open(settings);
    expect(valueOf(page, 'purpose')).toBe('Birds\nand fish');
    expect(valueOf(page, 'categories')).toBe('actor\nevent\ntrend\nhypothesis\nvariable\nreference\nindex');
    expect((await alice.submit(page, '/settings')).main).toContain('Nothing was changed.');

    const saved = await alice.submit(page, '/settings', {
      ...{ name: ' Notes & more ', purpose: '<b>For us</b>\r\nall', categories: 'bird\r\n\r\n fish \r\nbird' },
      link_order: 'label-first',
    });

    expect([pathOf(saved), saved.main]).toEqual([settings, expect.stringContaining('The settings are saved.')]);
    expect(await meta()).toMatchObject({
      ...{ name: 'Notes & more', purpose: '<b>For us</b>\nall' },
      settings: { categories: ['bird', 'fish'], link_order: 'label-first' },
    });
    expect(saved.all('b')).toEqual([]);
    await alice.submit(saved, '/settings', { purpose: '', name: 'Notes', link_order: 'target-first' });
    expect(await meta()).toMatchObject({ purpose: null, name: 'Notes', settings: { categories: ['bird', 'fish'] } });
  });

  it('say at each field what cannot be taken, change nothing, and keep what was typed', async () => {
    const before = await meta();
    const typed = { name: '<evil>', purpose: 'x'.repeat(2001), categories: `${'y'.repeat(101)}\nz` };
    const page = await alice.submit(await alice.open(settings), '/settings', typed);

    expect(page.status).toBe(422);
    expect(faultsIn(page)).toHaveLength(3);
    for (const [name, value] of Object.entries(typed)) expect(valueOf(page, name)).toBe(value);
    expect((await alice.submit(page, '/settings', { name: '' })).status).toBe(422);
    expect(await meta()).toEqual(before);
    // Mended, it is saved from there.
    const mended = await alice.submit(page, '/settings', { name: 'Mended', purpose: '', categories: 'bird\nfish' });
    expect(mended.main).toContain('The settings are saved.');
    expect(await meta()).toMatchObject({ name: 'Mended', purpose: null });
  });

  it('from two windows are put together, and asked about where both changed the same', async () => {
    const [one, two] = [await alice.open(settings), await alice.open(settings)];
    await alice.submit(one, '/settings', { purpose: 'From one' });
    expect((await alice.submit(two, '/settings', { name: 'From two' })).status).toBe(200);
    expect(await meta()).toMatchObject({ name: 'From two', purpose: 'From one' });

    const asked = await alice.submit(two, '/settings', { purpose: 'From two', name: valueOf(two, 'name') ?? '' });
    expect([asked.status, faultsIn(asked)]).toEqual([409, ['Now there: From one']]);
    expect([valueOf(asked, 'purpose'), valueOf(asked, 'name')]).toEqual(['From two', 'From two']);
    expect((await meta())['purpose']).toBe('From one');

    await alice.submit(asked, '/settings');
    expect(await meta()).toMatchObject({ name: 'From two', purpose: 'From two' });
  });

  it('move the wiki to another address, and refuse one that cannot be', async () => {
    await kit.platform.post('/wikis', { slug: 'taken', name: 'taken' });
    const page = await alice.open(settings);
    const refused = [];
    for (const slug of ['Notes', '', 'taken', 'api']) refused.push(await alice.submit(page, '/slug', { slug }));
    expect(refused.map(({ status }) => status)).toEqual([422, 422, 409, 422]);
    expect(refused.map((one) => faultsIn(one).length)).toEqual([1, 1, 1, 1]);
    expect(valueOf(refused[2], 'slug')).toBe('taken');

    const moved = await alice.submit(page, '/slug', { slug: 'field-notes' });

    expect(pathOf(moved)).toBe('/wikis/alice/field-notes/settings');
    expect((await alice.open('/@alice/field-notes')).status).toBe(200);
    expect((await alice.open('/@alice/notes')).status).toBe(404);
    // A form of before is about a wiki that is no more where it was.
    expect((await alice.submit(page, '/settings', { name: 'Late' })).status).toBe(404);
    await alice.submit(moved, '/slug', { slug: 'notes' });
    expect((await alice.open('/@alice/notes')).status).toBe(200);
  });

  it('give it an address of its own, and take it back', async () => {
    const page = await alice.open(settings);
    expect(faultsIn(await alice.submit(page, '/custom-slug', { custom_slug: 'vera' }))).toHaveLength(1);
    const given = await alice.submit(page, '/custom-slug', { custom_slug: 'our-notes' });
    expect(given.main).toContain('The address is set.');
    expect((await alice.open('/@our-notes')).status).toBe(200);

    const late = await alice.submit(page, '/custom-slug', { custom_slug: 'other-notes' });
    expect([late.status, faultsIn(late)]).toEqual([409, ['Now there: our-notes']]);

    expect((await alice.submit(late, '/custom-slug', { custom_slug: '' })).main).toContain('given back');
    expect((await meta())['custom_slug']).toBeNull();
  });

  it('are the owner’s alone, by forms of ours', async () => {
    const [nobody, page] = [new WebClient(app.url), await alice.open(settings)];
    const token = (client: WebPage) => valueOf(client, 'form_token') ?? '';
    const own = { form_token: token(await vera.open('/account')), confirmation: 'alice/notes', slug: 'vera-was-here' };
    const paths = ['', '/slug', '/custom-slug', '/delete'];

    expect([(await vera.open(settings)).status, (await nobody.open(settings)).status]).toEqual([403, 404]);
    expect((await vera.open('/wikis/alice/taken/settings')).status).toBe(404);
    for (const path of paths) {
      expect((await vera.post(settings + path, new URLSearchParams(own))).status, path).toBe(403);
      const bare = { confirmation: 'alice/notes', slug: 'bare', name: 'bare' };
      expect((await alice.post(settings + path, new URLSearchParams(bare))).status, path).toBe(403);
      const foreign = await alice.post(settings + path, new URLSearchParams({ ...bare, form_token: token(page) }), {
        origin: 'https://evil.example',
      });
      expect(foreign.status, path).toBe(403);
    }
    expect((await vera.post('/wikis/alice/taken/settings/delete', new URLSearchParams(own))).status).toBe(404);
    expect((await meta())['slug']).toBe('notes');
  });

  it('end it when its name is typed, and bring it back from the list of deleted ones', async () => {
    const page = await alice.open(settings);
    const wrong = await alice.submit(page, '/delete', { confirmation: 'notes' });
    expect([wrong.status, faultsIn(wrong), valueOf(wrong, 'confirmation')]).toEqual([
      ...[422, ['This is not alice/notes.'], 'notes'],
    ]);

    const deleted = await alice.submit(page, '/delete', { confirmation: 'alice/notes' });
    expect([pathOf(deleted), deleted.main]).toEqual([
      '/wikis/deleted',
      expect.stringMatching(/is deleted\. You can restore it until/),
    ]);
    expect([(await alice.open(settings)).status, (await vera.open('/@alice/notes')).status]).toEqual([404, 404]);
    const listed = await kit.platform.get('/wikis/deleted');
    expect(listed.body).toMatchObject({ total: 1, wikis: [{ owner: 'alice', slug: 'notes' }] });

    const veras = await vera.open('/wikis/deleted');
    expect([veras.all('form').length, veras.main]).toEqual([
      1,
      expect.stringContaining('no wiki that could be restored'),
    ]);
    const forged = new URLSearchParams({ form_token: valueOf(veras, 'form_token') ?? '' });
    expect((await vera.post('/wikis/alice/notes/restore', forged)).status).toBe(404);
    expect(pathOf(await new WebClient(app.url).open('/wikis/deleted'))).toBe('/auth/sign-in');

    const back = await alice.submit(deleted, '/restore');
    expect([pathOf(back), back.status]).toEqual(['/@alice/notes', 200]);
    expect((await vera.open('/@alice/notes')).status).toBe(200);
    expect((await alice.submit(deleted, '/restore')).status).toBe(404);
  });

  it('over the API are changed as a whole or not at all', async () => {
    const before = await meta();
    const refused = await kit.rest.patch('', { categories: ['lost'], name: '<evil>' });

    expect(refused.status).toBe(422);
    expect(await meta()).toEqual(before);
  });
});

describe('the settings of a wiki whose payment has lapsed', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ BILLING: 'on' });
  });
  afterAll(() => app?.stop());

  it('are its end alone', async () => {
    await aWiki(app, 'alice', 'notes');
    await app.rooms.people.setPassword('alice', password);
    const alice = new WebClient(app.url);
    await alice.submit(await alice.open('/auth/sign-in'), '/auth/sign-in', { login: 'alice', password });
    expect((await alice.open(settings)).main).toContain('This wiki is on the free plan.');
    await app.setPlan('alice', 'notes', { plan: 'premium', paymentStatus: 'lapsed' });

    const page = await alice.open(settings);

    expect(page.main).toContain('The payment for this wiki has lapsed');
    expect(page.all('form').map((form) => attributeOf(form, 'action'))).toEqual([
      '/auth/sign-out',
      `${settings}/delete`,
    ]);
    expect(pathOf(await alice.submit(page, '/delete', { confirmation: 'alice/notes' }))).toBe('/wikis/deleted');
  });
});
