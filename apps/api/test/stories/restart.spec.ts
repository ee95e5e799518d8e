import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anEmptyDatabase } from '../../../../libs/postgres/testing/a-database.js';
import { aWiki, type WikiKit } from '../kit/a-wiki.js';
import { startApp } from '../kit/app.js';
import { connect } from '../kit/mcp-client.js';
import { GitClient } from '../kit/git-client.js';
import { RestClient } from '../kit/rest-client.js';

describe('a server that is stopped and started again', () => {
  let database: Awaited<ReturnType<typeof anEmptyDatabase>>;
  let dataDir: string;
  let git: GitClient;
  const start = () => startApp({ DATA_DIR: dataDir, DATABASE_URL: database.url });

  beforeAll(async () => {
    database = await anEmptyDatabase();
    dataDir = await mkdtemp(join(tmpdir(), 'wikibot-restart-'));
    git = await GitClient.create();
  });
  afterAll(async () => {
    await git?.remove();
    await database?.drop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('has everything it had: accounts, tokens, pages, history, search', async () => {
    const begun = Math.floor(Date.now() / 1000);
    const first = await start();
    const alice: WikiKit = await aWiki(first, 'alice', 'notes');
    const made = await alice.rest.put('/pages/Kept', {
      content: 'Kept across a restart.\n',
      commit_message: 'Keep it',
    });
    expect(made.status).toBe(201);
    await first.stop();

    const second = await start();
    try {
      const rest = new RestClient(second.url, alice.token).under('/@alice/notes/api/v1');
      const page = await rest.get('/pages/Kept');
      expect(page.body).toMatchObject({ content: 'Kept across a restart.\n', revision: made.body.revision });
      expect((await rest.get('/pages/Kept/history')).body.history).toHaveLength(1);
      expect((await rest.get('/search?q=restart')).body.results).toMatchObject([{ path: 'Kept' }]);
      const agent = await connect(`${second.url}/@alice/notes/mcp`, alice.mcpToken);
      expect((await agent.does('read_note', { path: 'Kept' })).text).toContain('Kept across a restart.');
      await agent.close();

      const [{ id }] = await second.rooms.database.source.query<[{ id: string }]>('SELECT id FROM wikis');
      const there = ['--git-dir', join(dataDir, 'repositories', id, 'repo.git')];
      expect(await git.run([...there, 'rev-parse', '--is-bare-repository'])).toBe('true\n');
      const [author, subject, seconds] = (await git.run([...there, 'log', '-1', '--format=%an%n%s%n%at', 'main']))
        .trim()
        .split('\n');
      expect([author, subject]).toEqual(['alice', 'Keep it']);
      expect(Number(seconds)).toBeGreaterThanOrEqual(begun);
      expect(Number(seconds)).toBeLessThanOrEqual(Date.now() / 1000);
    } finally {
      await second.stop();
    }
  });
});
