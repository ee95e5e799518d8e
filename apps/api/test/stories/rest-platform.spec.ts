import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWiki, type WikiKit } from '../kit/a-wiki.js';
import { startApp } from '../kit/app.js';
import { RestClient } from '../kit/rest-client.js';

describe('the platform over REST', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  let kit: WikiKit;
  let alice: RestClient;
  let bob: RestClient;

  beforeAll(async () => {
    app = await startApp();
    kit = await aWiki(app, 'alice', 'notes', { purpose: 'What I know' });
    alice = kit.platform;
    bob = new RestClient(app.url, (await app.addUser('bob')).token).under('/api/v1');
  });
  afterAll(() => app?.stop());

  const create = async (client: RestClient, slug: string, fields: object = {}) => {
    const made = await client.post('/wikis', { slug, name: slug, ...fields });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    return made;
  };

  it('a new wiki answers with its addresses and a token that works there and nowhere else', async () => {
    const made = await create(alice, 'fresh', { categories: ['person', 'place'], link_order: 'label-first' });
    await create(alice, 'beside');
    const agent = new RestClient(app.url, made.body.mcp_token as string);

    const here = await agent.get('/@alice/fresh/api/v1');
    const there = await agent.get('/@alice/beside/api/v1');

    expect(made.headers.location).toMatch(/\/api\/v1\/wikis\/alice\/fresh$/);
    expect(made.body).toMatchObject({
      mcp_endpoint: expect.stringMatching(/\/@alice\/fresh\/mcp$/) as string,
      git_url: expect.stringMatching(/\/@alice\/fresh\.git$/) as string,
    });
    expect(here.body.settings).toEqual({ link_order: 'label-first', categories: ['person', 'place'] });
    expect(there.status).toBe(404);
  });

  it('a list of wikis tells role, size and times', async () => {
    const { body } = await alice.get('/wikis');

    const notes = (body.wikis as { slug: string }[]).find(({ slug }) => slug === 'notes');
    expect(notes).toMatchObject({ owner: 'alice', role: 'owner', purpose: 'What I know', visibility: 'private' });
    expect(notes).toMatchObject({ pages: 3, created_at: expect.stringMatching(/^\d{4}-.+Z$/) as string });
    expect((await bob.get('/wikis')).body).toMatchObject({ total: 0 });
  });

  it.each([['Bad Slug'], ['-edge'], ['api'], ['mcp'], ['x'.repeat(65)], [''], ['../../etc'], ['ünï'], [42], [null]])(
    'a wiki may not be called %j',
    async (slug) => {
      const answer = await alice.post('/wikis', { slug, name: 'Name' });

      expect(answer.status).toBe(422);
    },
  );

  it('a slug is taken once per person', async () => {
    expect((await alice.post('/wikis', { slug: 'notes', name: 'Again' })).status).toBe(409);
    expect((await bob.post('/wikis', { slug: 'notes', name: 'Mine' })).status).toBe(201);
  });

  it('settings, name and visibility change', async () => {
    const patched = await kit.rest.patch('', { name: 'Better name', link_order: 'label-first', categories: ['one'] });
    const published = await alice.put('/wikis/alice/notes/visibility', { visibility: 'public' });
    const anonymous = await kit.rest.as(null).get('/pages/Home');
    await alice.put('/wikis/alice/notes/visibility', { visibility: 'private' });

    expect(patched.status, JSON.stringify(patched.body)).toBe(200);
    expect(patched.body).toMatchObject({
      name: 'Better name',
      settings: { link_order: 'label-first', categories: ['one'] },
    });
    expect(published.body).toMatchObject({ visibility: 'public' });
    expect(anonymous.status).toBe(200);
    expect((await kit.rest.as(null).get('/pages/Home')).status).toBe(401);
  });

  it('a wiki moves to a new slug', async () => {
    await create(alice, 'before');

    const moved = await alice.patch('/wikis/alice/before', { slug: 'after', name: 'After' });
    const rest = new RestClient(app.url, kit.token);

    expect(moved.status, JSON.stringify(moved.body)).toBe(200);
    expect(moved.body).toMatchObject({ slug: 'after', name: 'After' });
    expect((await rest.get('/@alice/after/api/v1/pages/Home')).status).toBe(200);
    expect((await rest.get('/@alice/before/api/v1/pages/Home')).status).toBe(404);
  });

  it('a custom slug is one more address of the same wiki', async () => {
    await create(alice, 'long-winded');

    const put = await alice.put('/wikis/alice/long-winded/custom-slug', { custom_slug: 'shorty' });
    const rest = new RestClient(app.url, kit.token);
    await rest.put('/@shorty/api/v1/pages/Made', { content: 'x\n' });

    expect(put.status, JSON.stringify(put.body)).toBe(200);
    expect(put.body).toMatchObject({ custom_slug: 'shorty' });
    expect((await rest.get('/@alice/long-winded/api/v1/pages/Made')).body.content).toBe('x\n');
    expect((await alice.put('/wikis/alice/notes/custom-slug', { custom_slug: 'shorty' })).status).toBe(409);
    expect((await alice.put('/wikis/alice/notes/custom-slug', { custom_slug: 'bob' })).status).toBe(409);
    expect((await alice.put('/wikis/alice/notes/custom-slug', { custom_slug: 'admin' })).status).toBe(422);
    expect((await alice.put('/wikis/alice/long-winded/custom-slug', { custom_slug: null })).status).toBe(200);
    expect((await rest.get('/@shorty/api/v1/pages/Made')).status).toBe(404);
  });

  it('regenerating the token of a wiki kills the one before', async () => {
    const made = await create(alice, 'rekeyed');
    const agent = (secret: unknown) =>
      new RestClient(app.url, secret as string).get('/@alice/rekeyed/api/v1/pages/Home');

    const again = await alice.post('/wikis/alice/rekeyed/token');

    expect(again.status, JSON.stringify(again.body)).toBe(201);
    expect((await agent(made.body.mcp_token)).status).toBe(401);
    expect((await agent(again.body.mcp_token)).status).toBe(200);
  });

  it('deleting asks for the name, closes every door, and can be taken back', async () => {
    const made = await create(alice, 'doomed');
    const rest = new RestClient(app.url, kit.token);
    const agent = new RestClient(app.url, made.body.mcp_token as string);

    const mistyped = await alice.delete('/wikis/alice/doomed', { confirmation: 'alice/doom' });
    const unconfirmed = await alice.delete('/wikis/alice/doomed');
    const deleted = await alice.delete('/wikis/alice/doomed', { confirmation: 'alice/doomed' });
    const closed = await rest.get('/@alice/doomed/api/v1/pages/Home');
    const agentClosed = await agent.get('/@alice/doomed/api/v1/pages/Home');
    const taken = await alice.post('/wikis', { slug: 'doomed', name: 'x' });
    const restored = await alice.post('/wikis/alice/doomed/restore');

    expect([mistyped.status, unconfirmed.status]).toEqual([422, 422]);
    expect(deleted.status, JSON.stringify(deleted.body)).toBe(200);
    expect(deleted.body).toMatchObject({ deleted: true });
    expect(closed.status).toBe(404);
    expect([401, 404]).toContain(agentClosed.status);
    expect(taken.status).toBe(409);
    expect(restored.status, JSON.stringify(restored.body)).toBe(200);
    expect((await rest.get('/@alice/doomed/api/v1/pages/Home')).status).toBe(200);
    expect((await bob.post('/wikis/alice/doomed/restore')).status).toBe(404);
  });

  it('members are given roles and lose them', async () => {
    const given = await alice.put('/wikis/alice/notes/members/bob', { role: 'viewer' });
    const raised = await alice.put('/wikis/alice/notes/members/bob', { role: 'editor' });
    const list = await alice.get('/wikis/alice/notes/members');
    const unknown = await alice.put('/wikis/alice/notes/members/nobody-here', { role: 'viewer' });
    const owner = await alice.delete('/wikis/alice/notes/members/alice');
    const bad = await alice.put('/wikis/alice/notes/members/bob', { role: 'owner' });
    const removed = await alice.delete('/wikis/alice/notes/members/bob');
    const again = await alice.delete('/wikis/alice/notes/members/bob');

    expect(given.body).toMatchObject({ username: 'bob', role: 'viewer', granted_by: 'alice' });
    expect(raised.body).toMatchObject({ role: 'editor' });
    expect(list.body.members).toContainEqual(expect.objectContaining({ username: 'alice', role: 'owner' }));
    expect(list.body.members).toContainEqual(expect.objectContaining({ username: 'bob', role: 'editor' }));
    expect(unknown.status).toBe(404);
    expect([403, 404, 409, 422]).toContain(owner.status);
    expect(bad.status).toBe(422);
    expect([removed.status, again.status]).toEqual([200, 404]);
  });

  it('a token narrows what one may do: verbs, wikis, paths and time', async () => {
    await create(alice, 'other');
    const token = async (fields: object) => {
      const made = await alice.post('/tokens', { label: 'narrow', ...fields });
      expect(made.status, JSON.stringify(made.body)).toBe(201);
      return { id: made.body.id as string, rest: new RestClient(app.url, made.body.secret as string) };
    };
    const reader = await token({ verbs: ['read'], wikis: ['alice/notes'] });
    const folder = await token({ verbs: ['read', 'write'], paths: ['Drafts/'] });

    expect((await reader.rest.get('/@alice/notes/api/v1/pages/Home')).status).toBe(200);
    expect((await reader.rest.put('/@alice/notes/api/v1/pages/X', { content: 'x' })).status).toBe(403);
    expect((await reader.rest.get('/@alice/other/api/v1/pages/Home')).status).toBe(404);
    expect((await folder.rest.put('/@alice/notes/api/v1/pages/Drafts%2FA', { content: 'x' })).status).toBe(201);
    expect((await folder.rest.put('/@alice/notes/api/v1/pages/Elsewhere', { content: 'x' })).status).toBe(403);
    expect((await reader.rest.get('/api/v1/tokens')).status).toBe(403);
    const list = await alice.get('/tokens');
    expect(list.body.tokens).toContainEqual(
      expect.objectContaining({ id: reader.id, wikis: ['alice/notes'], verbs: ['read'] }),
    );
    expect(JSON.stringify(list.body)).not.toContain('wbt_');
    expect((await alice.delete(`/tokens/${reader.id}`)).status).toBe(200);
    expect((await reader.rest.get('/@alice/notes/api/v1/pages/Home')).status).toBe(401);
    expect((await bob.delete(`/tokens/${folder.id}`)).status).toBe(404);
  });

  it.each([
    { verbs: [] },
    { verbs: ['everything'] },
    { wikis: ['bob/secret'] },
    { wikis: ['nonsense'] },
    { wikis: [] },
    { expires_at: 'tomorrow' },
    { expires_at: '2001-01-01T00:00:00Z' },
    { paths: ['../x'] },
    { label: '' },
    { owner_id: 'x' },
  ])('a token with %j is refused', async (fields) => {
    const answer = await alice.post('/tokens', { label: 'odd', ...fields });

    expect([404, 422]).toContain(answer.status);
  });

  it('I know who I am and change how I am called', async () => {
    const patched = await alice.patch('/me', { display_name: 'Alice Liddell' });
    const me = await alice.get('/me');
    await kit.rest.put('/pages/Signed', { content: 'x\n' });

    expect(patched.status, JSON.stringify(patched.body)).toBe(200);
    expect(me.body).toMatchObject({ username: 'alice', display_name: 'Alice Liddell', is_admin: false });
    expect((await kit.rest.get('/pages/Signed')).body.last_commit.author).toContain('Alice Liddell');
    expect((await alice.as(null).get('/me')).status).toBe(401);
    expect((await alice.patch('/me', { username: 'eve' })).status).toBe(422);
    expect((await alice.patch('/me', { is_admin: true, display_name: 'x' })).status).toBe(422);
  });

  it.each([
    ['GET', '/wikis/alice/other2'],
    ['PATCH', '/wikis/alice/other2'],
    ['GET', '/wikis/alice/other2/members'],
    ['PUT', '/wikis/alice/other2/visibility'],
    ['POST', '/wikis/alice/other2/token'],
  ])('%s %s of someone else is not found', async (method, path) => {
    await alice.post('/wikis', { slug: 'other2', name: 'x' });
    const body = method === 'PUT' ? { visibility: 'public' } : method === 'PATCH' ? { name: 'x' } : undefined;

    expect((await bob.call(method, path, { body })).status).toBe(404);
  });
});
