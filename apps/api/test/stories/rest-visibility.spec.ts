import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWiki } from '../kit/a-wiki.js';
import { startApp } from '../kit/app.js';
import { RestClient } from '../kit/rest-client.js';

const reads = [
  '',
  '/pages',
  '/pages/Home',
  '/pages/Home/history',
  '/pages/Home/diff',
  '/pages/Home/blame',
  '/pages/Home/links',
  '/pages/Home/attachments',
  '/pages/Home/attachments/a.txt',
  '/links',
  '/links/Home',
  '/changelog',
  '/search?q=home',
  '/semantic-search?q=home',
  '/categories',
  '/tags',
];

const writes: [string, string, unknown][] = [
  ['PUT', '/pages/New', { content: 'x' }],
  ['PATCH', '/pages/Home', { revision: 'abcdef0', old_string: 'a', new_string: 'b' }],
  ['DELETE', '/pages/Home', undefined],
  ['POST', '/pages/Home/rename', { new_path: 'Elsewhere' }],
  ['POST', '/pages/Home/append', { content: 'x' }],
  ['PUT', '/pages/Home/section', { section: 'x', content: 'x' }],
  ['POST', '/pages/Home/restore', { revision: 'abcdef0' }],
  ['POST', '/pages/Home/attachments', { filename: 'x.txt', content: 'aGk=' }],
  ['DELETE', '/pages/Home/attachments/a.txt', undefined],
  ['POST', '/batch', { operations: [{ op: 'delete', path: 'Home' }] }],
  ['PATCH', '', { name: 'Mine now' }],
  ['POST', '/reindex', undefined],
  ['POST', '/garden/guide', undefined],
];

describe('who sees what over REST', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  const people = new Map<string, string>();
  let nobody: RestClient;
  let stranger: RestClient;
  let viewer: RestClient;
  let editor: RestClient;
  let expired: RestClient;
  let alice: RestClient;

  beforeAll(async () => {
    app = await startApp();
    const hidden = await aWiki(app, 'alice', 'hidden');
    alice = hidden.platform;
    await alice.post('/wikis', { slug: 'open', name: 'Open', visibility: 'public' });
    for (const slug of ['hidden', 'open']) {
      const rest = new RestClient(app.url, hidden.token).under(`/@alice/${slug}/api/v1`);
      await rest.post('/pages/Home/attachments', { filename: 'a.txt', content: 'aGk=' });
      for (const role of ['viewer', 'editor']) {
        if (slug === 'hidden') people.set(role, (await app.addUser(`${role}1`)).token);
        const given = await alice.put(`/wikis/alice/${slug}/members/${role}1`, { role });
        expect(given.status, JSON.stringify(given.body)).toBe(200);
      }
    }
    nobody = new RestClient(app.url, null);
    stranger = nobody.as((await app.addUser('mallory')).token);
    viewer = nobody.as(people.get('viewer') ?? '');
    editor = nobody.as(people.get('editor') ?? '');
    expired = nobody.as(`${people.get('viewer')?.slice(0, -3)}xyz`);
  });
  afterAll(() => app?.stop());

  const at = (client: RestClient, slug: string) => client.under(`/@alice/${slug}/api/v1`);

  it.each(reads)('nobody and strangers cannot tell private from missing at %s', async (path) => {
    const [hidden, missing] = [await at(nobody, 'hidden').get(path), await at(nobody, 'absent').get(path)];
    const [unseen, absent] = [await at(stranger, 'hidden').get(path), await at(stranger, 'absent').get(path)];

    expect([hidden.status, missing.status]).toEqual([401, 401]);
    expect(hidden.headers['www-authenticate']).toMatch(/^Bearer/);
    expect(missing.headers['www-authenticate']?.replaceAll('absent', 'hidden')).toBe(
      hidden.headers['www-authenticate'],
    );
    expect([unseen.status, absent.status]).toEqual([404, 404]);
    const withoutId = ({ instance: _, ...body }: Record<string, unknown>) => JSON.stringify(body);
    expect(withoutId(unseen.body)).toBe(withoutId(absent.body).replaceAll('absent', 'hidden'));
  });

  it.each(reads)('a public wiki is read by all, at %s', async (path) => {
    const statuses = await Promise.all(
      [nobody, stranger, viewer, editor].map((client) => at(client, 'open').get(path)),
    );

    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(JSON.stringify(statuses[0]?.body)).not.toMatch(/@(?!users\.noreply)[\w.-]+\.\w+/);
  });

  it.each(reads)('a viewer reads a private wiki, at %s', async (path) => {
    expect((await at(viewer, 'hidden').get(path)).status).toBe(200);
  });

  it.each(reads)('a bad token is 401 even where nobody may read, at %s', async (path) => {
    expect((await at(expired, 'open').get(path)).status).toBe(401);
  });

  it.each(writes)('%s %s is for editors', async (method, path, body) => {
    const answer = async (client: RestClient, slug: string) =>
      (await at(client, slug).call(method, path, { body })).status;

    expect(await answer(nobody, 'hidden')).toBe(401);
    expect(await answer(nobody, 'open')).toBe(401);
    expect(await answer(stranger, 'hidden')).toBe(404);
    expect(await answer(stranger, 'open')).toBe(403);
    expect(await answer(viewer, 'hidden')).toBe(403);
  });

  it('an editor writes and does not administer', async () => {
    const rest = at(editor, 'hidden');

    expect((await rest.put('/pages/Mine', { content: 'x' })).status).toBe(201);
    expect((await rest.patch('', { name: 'Mine now' })).status).toBe(403);
    expect((await editor.under('/api/v1').delete('/wikis/alice/hidden', { confirmation: 'alice/hidden' })).status).toBe(
      403,
    );
  });

  it('a wiki says what one may do there', async () => {
    const canOf = async (client: RestClient) => (await at(client, 'open').get('')).body.can as Record<string, boolean>;

    expect(await canOf(nobody)).toMatchObject({ 'page.read': true, 'page.write': false });
    expect(await canOf(editor)).toMatchObject({ 'page.write': true, 'wiki.settings': false });
  });

  it('a member who is removed sees nothing at once, also not by old addresses', async () => {
    const rest = at(viewer, 'hidden');
    const { revision } = (await rest.get('/pages/Home')).body;

    const tried = await stranger.under('/api/v1').delete('/wikis/alice/hidden/members/viewer1');
    const removed = await alice.delete('/wikis/alice/hidden/members/viewer1');

    expect(tried.status).toBe(404);

    expect(removed.status, JSON.stringify(removed.body)).toBe(200);
    for (const path of [
      ...reads,
      `/pages/Home?revision=${revision as string}`,
      '/pages/Home/attachments/a.txt?raw=1',
    ]) {
      expect((await rest.get(path)).status, path).toBe(404);
    }
  });
});
