import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anEmptyDatabase } from '../../../../libs/postgres/testing/a-database.js';
import { aWiki, type WikiKit } from '../kit/a-wiki.js';
import { startApp } from '../kit/app.js';
import { connect } from '../kit/mcp-client.js';
import { RestClient } from '../kit/rest-client.js';
import { attributeOf, WebClient } from '../kit/web-client.js';

type App = Awaited<ReturnType<typeof startApp>>;

describe('two servers on one data folder and one database', () => {
  let database: Awaited<ReturnType<typeof anEmptyDatabase>>;
  let dataDir: string;
  const apps: App[] = [];
  let alice: WikiKit;
  let there: RestClient;

  beforeAll(async () => {
    database = await anEmptyDatabase();
    dataDir = await mkdtemp(join(tmpdir(), 'wikibot-two-'));
    for (let i = 0; i < 2; i += 1) apps.push(await startApp({ DATA_DIR: dataDir, DATABASE_URL: database.url }));
    alice = await aWiki(apps[0], 'alice', 'notes');
    there = new RestClient(apps[1].url, alice.token).under('/@alice/notes/api/v1');
  });
  afterAll(async () => {
    for (const app of apps) await app.stop();
    await database?.drop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('each knows at once what the other acknowledged', async () => {
    for (let i = 0; i < 10; i += 1) {
      const [here, other] = i % 2 === 0 ? [alice.rest, there] : [there, alice.rest];
      const content = `Round ${i}, with the word wombat${i}.\n`;
      expect((await here.put(`/pages/Round%2F${i}`, { content })).status).toBe(201);

      expect((await other.get(`/pages/Round%2F${i}`)).body).toMatchObject({ content });
      const { pages } = (await other.get('/pages?prefix=Round&limit=100')).body;
      expect(pages).toHaveLength(i + 1);
      expect((await other.get(`/search?q=wombat${i}`)).body.results).toMatchObject([{ path: `Round/${i}` }]);
    }
  });

  it('of two changes of one page made in both, none is overwritten', async () => {
    const made = await alice.rest.put('/pages/Shared', { content: 'one\n\ntwo\n\nthree\n' });
    const { revision } = made.body;
    const [first, second] = await Promise.all([
      alice.rest.put('/pages/Shared', { content: 'ONE\n\ntwo\n\nthree\n', revision }),
      there.put('/pages/Shared', { content: 'one\n\ntwo\n\nTHREE\n', revision }),
    ]);

    expect([first.status, second.status]).toEqual([200, 200]);
    expect((await there.get('/pages/Shared')).body.content).toBe('ONE\n\ntwo\n\nTHREE\n');
  });

  it('of two wikis of one name begun in both, one is made and the other refused', async () => {
    const elsewhere = new RestClient(apps[1].url, alice.token).under('/api/v1');
    const both = await Promise.all(
      [alice.platform, elsewhere].map((one) =>
        one.post('/wikis', { slug: 'twin', name: 'Twin', custom_slug: 'twins' }),
      ),
    );

    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('an agent that calls one is seen by whoever waits at the other, with what it writes', async () => {
    const [here, other] = apps.map(({ url }) => url);
    const password = 'correct horse battery';
    await apps[0].rooms.people.setPassword('alice', password);
    const browser = new WebClient(here ?? '');
    await browser.submit(await browser.open('/auth/sign-in'), '/auth/sign-in', { login: 'alice', password });
    const page = await browser.submit(await browser.open('/new'), '/new', { slug: 'waited', name: 'Waited' });
    const place = page.all('section').find((one) => attributeOf(one, 'data-calls') !== null);
    const calls = async () => JSON.parse((await browser.open(attributeOf(place, 'data-calls') ?? '')).text);
    expect(await calls()).toMatchObject({ isConnected: false, pages: [] });

    const agent = await connect(`${other}/@alice/waited/mcp`, /wbt_[\w-]+/.exec(page.text)?.[0] ?? '');
    await agent.does('write_note', { path: 'Elsewhere', content: 'x' });
    await agent.close();

    await expect.poll(calls, { timeout: 3_000 }).toMatchObject({ isConnected: true, pages: [{ name: 'Elsewhere' }] });
  });

  it('a token that one revokes opens nothing at the other', async () => {
    const made = await alice.platform.post('/tokens', { label: 'short', verbs: ['read'] });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    const { secret, id } = made.body as unknown as { secret: string; id: string };
    const reader = there.as(secret);
    expect((await reader.get('/pages/Home')).status).toBe(200);
    expect((await alice.platform.delete(`/tokens/${id}`)).status).toBe(200);

    await expect.poll(async () => (await reader.get('/pages/Home')).status, { timeout: 1_500 }).toBe(401);
  });
});
