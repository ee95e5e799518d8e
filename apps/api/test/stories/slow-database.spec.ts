import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { aWiki, type WikiKit } from '../kit/a-wiki.js';
import { startApp } from '../kit/app.js';
import { connect, type McpSession } from '../kit/mcp-client.js';

describe('a database that takes too long', () => {
  let app: Awaited<ReturnType<typeof startApp>>;
  let alice: WikiKit;
  let agent: McpSession;

  beforeAll(async () => {
    app = await startApp({ DATABASE_TIMEOUT: '0.5' });
    alice = await aWiki(app, 'alice', 'notes');
    agent = await connect(`${app.url}/@alice/notes/mcp`, alice.mcpToken);
  });
  afterAll(async () => {
    await agent?.close();
    await app?.stop();
  });

  it('is given up with the same clear answer at every door, and keeps nobody else waiting', async () => {
    const holder = app.rooms.database.source.createQueryRunner();
    try {
      await holder.startTransaction();
      await holder.query('LOCK TABLE keyword_pages, keyword_words IN ACCESS EXCLUSIVE MODE');

      const searches = Array.from({ length: 12 }, () => alice.rest.get('/search?q=wiki'));
      const answers = await Promise.all(searches);
      const said = await agent.call('search_notes', { query: 'wiki' });

      expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 503));
      expect(answers[0]?.body).toMatchObject({ type: '/problems/timed-out' });
      expect(said.isError).toBe(true);
      expect(said.text).toMatch(/^Took too long: /);
      expect((await alice.rest.get('/pages/Home')).status).toBe(200);
    } finally {
      await holder.rollbackTransaction();
      await holder.release();
    }
    expect((await alice.rest.get('/search?q=wiki')).status).toBe(200);
  });

  it('is not asked again when it could not even say what an address means', async () => {
    const holder = app.rooms.database.source.createQueryRunner();
    const asked = vi.spyOn(app.rooms.actors, 'byToken');
    try {
      await holder.startTransaction();
      await holder.query('LOCK TABLE names IN ACCESS EXCLUSIVE MODE');
      app.rooms.cache.forget();
      const answer = await alice.rest.get('/pages/Home');

      expect([answer.status, answer.body['type']]).toEqual([503, '/problems/timed-out']);
      expect(asked).not.toHaveBeenCalled();
    } finally {
      asked.mockRestore();
      await holder.rollbackTransaction();
      await holder.release();
    }
    expect((await alice.rest.get('/pages/Home')).status).toBe(200);
  });

  it('does not end what the server does for itself', async () => {
    const holder = app.rooms.database.source.createQueryRunner();
    await holder.startTransaction();
    await holder.query('LOCK TABLE keyword_pages IN ACCESS EXCLUSIVE MODE');
    const [{ id }] = await app.rooms.database.source.query<[{ id: string }]>('SELECT id FROM wikis');
    const rebuilt = app.rooms.catalogue.rebuild(id);
    await expect
      .poll(async () =>
        app.rooms.database.source.query(
          "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'relation' AND now() - query_start > '0.8 s'",
        ),
      )
      .toHaveLength(1);
    await holder.rollbackTransaction();
    await holder.release();

    await expect(rebuilt).resolves.toBeUndefined();
  });
});
