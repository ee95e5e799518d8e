import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWiki, type WikiKit } from '../kit/a-wiki.js';
import { startApp } from '../kit/app.js';
import { GitClient } from '../kit/git-client.js';
import { RestClient } from '../kit/rest-client.js';

type App = Awaited<ReturnType<typeof startApp>>;

describe('a custom slug, while its wiki', () => {
  let app: App;
  let git: GitClient;
  let alice: WikiKit;
  let bob: WikiKit;
  let bySlug: RestClient;

  const clones = async (path: string) => {
    const origin = `${app.url.replace('://', `://any:${alice.token}@`)}${path}`;
    return (await git.try(['ls-remote', origin, 'refs/heads/main'])).code === 0;
  };

  beforeAll(async () => {
    app = await startApp();
    git = await GitClient.create();
    alice = await aWiki(app, 'alice', 'notes', { custom_slug: 'field-notes' });
    bob = await aWiki(app, 'bobby', 'notes');
    bySlug = new RestClient(app.url, alice.token).under('/@field-notes/api/v1');
  });
  afterAll(async () => {
    await git?.remove();
    await app?.stop();
  });

  it('is renamed, goes on leading to it at every door', async () => {
    expect((await alice.platform.patch('/wikis/alice/notes', { slug: 'journal' })).status).toBe(200);

    expect((await bySlug.get('/pages/Home')).status).toBe(200);
    expect((await alice.platform.get('/wikis/alice/journal')).body).toMatchObject({ custom_slug: 'field-notes' });
    expect((await alice.rest.get('/pages/Home')).status).toBe(404);
    expect(await clones('/@field-notes/field-notes.git')).toBe(true);
    expect(await clones('/@alice/journal.git')).toBe(true);
    expect(await clones('/@alice/notes.git')).toBe(false);
  });

  it('is deleted, answers as if there were nothing, and is kept from everybody else', async () => {
    const gone = await alice.platform.delete('/wikis/alice/journal', { confirmation: 'alice/journal' });
    expect(gone.status, JSON.stringify(gone.body)).toBe(200);

    const [left, never] = [await bySlug.get('/pages/Home'), new RestClient(app.url, alice.token)];
    const missing = await never.get('/@no-such-name/api/v1/pages/Home');
    expect(left.status).toBe(404);
    expect({ ...left.body, instance: '' }).toEqual({ ...missing.body, instance: '' });
    expect(await clones('/@field-notes/field-notes.git')).toBe(false);
    const taken = await bob.platform.put('/wikis/bobby/notes/custom-slug', { custom_slug: 'field-notes' });
    expect(taken.status).toBe(409);
    await expect(app.addUser('field-notes')).rejects.toThrow();
  });

  it('is restored, leads to it again', async () => {
    const back = await alice.platform.post('/wikis/alice/journal/restore');
    expect(back.status, JSON.stringify(back.body)).toBe(200);

    expect((await bySlug.get('/pages/Home')).status).toBe(200);
    expect(await clones('/@field-notes/field-notes.git')).toBe(true);
  });

  it('gets another, no longer leads there and stays with its owner', async () => {
    const put = await alice.platform.put('/wikis/alice/journal/custom-slug', { custom_slug: 'day-book' });
    expect(put.status, JSON.stringify(put.body)).toBe(200);

    expect((await bySlug.get('/pages/Home')).status).toBe(404);
    expect(await clones('/@day-book/day-book.git')).toBe(true);
    const taken = await bob.platform.put('/wikis/bobby/notes/custom-slug', { custom_slug: 'field-notes' });
    expect(taken.status).toBe(409);
  });
});

describe('a server behind a proxy that speaks https', () => {
  let app: App;
  beforeAll(async () => {
    app = await startApp({ BASE_URL: 'https://wiki.example', WILDCARD_DNS: 'true', TRUST_PROXY: 'true' });
  });
  afterAll(() => app?.stop());

  it('announces https addresses without its own port, and challenges with them', async () => {
    const { token } = await app.addUser('alice');
    const main = new RestClient(app.url, token, { host: 'wiki.example', 'x-forwarded-proto': 'https' });
    const made = await main.post('/api/v1/wikis', { slug: 'notes', name: 'Notes', custom_slug: 'field-notes' });
    const bare = new RestClient(app.url, null, { host: 'field-notes.wiki.example', 'x-forwarded-proto': 'https' });
    const refused = await bare.post('/mcp', {});

    expect(made.status, JSON.stringify(made.body)).toBe(201);
    expect(made.body.wiki).toMatchObject({
      addresses: { git: 'https://field-notes.wiki.example/field-notes.git' },
    });
    expect(JSON.stringify(made.body)).not.toMatch(/http:|:\d{4,5}\b/);
    expect(refused.status).toBe(401);
    expect(refused.headers['www-authenticate']).toContain('resource_metadata="https://');
  });
});
