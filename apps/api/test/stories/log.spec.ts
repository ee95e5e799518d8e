import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anEmptyDatabase } from '../../../../libs/postgres/testing/a-database.js';
import { readConfig } from '../../src/config.js';
import { openLog } from '../../src/log.js';
import { type RunningServer, startServer } from '../../src/server.js';
import { connect } from '../kit/mcp-client.js';
import { RestClient } from '../kit/rest-client.js';

describe('the log', () => {
  let server: RunningServer;
  let database: Awaited<ReturnType<typeof anEmptyDatabase>>;
  let dataDir: string;
  const lines: string[] = [];
  const requests = () =>
    lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ msg }) => msg === 'request');

  beforeAll(async () => {
    database = await anEmptyDatabase();
    dataDir = await mkdtemp(join(tmpdir(), 'wikibot-log-'));
    const config = readConfig({ PORT: '0', DATA_DIR: dataDir, DATABASE_URL: database.url, LOG_LEVEL: 'trace' });
    server = await startServer(config, openLog(config, { write: (line) => void lines.push(line) }));
    await server.rooms.people.create({ username: 'alice', password: 'correct horse battery' });
  });
  afterAll(async () => {
    await server?.stop();
    await database?.drop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('has a line for each request with its id, its end and how long it took, and no secret anywhere', async () => {
    const { secret } = await server.rooms.tokens.createFor('alice', {
      label: 'laptop',
      verbs: ['read', 'write', 'admin'],
    });
    const rest = new RestClient(server.url, secret);
    const made = await rest.post('/api/v1/wikis', { slug: 'notes', name: 'Notes' });
    const mcpToken = String(made.body.mcp_token);
    const missing = await rest.get('/@alice/notes/api/v1/pages/Absent');
    await rest.get('/@alice/notes/api/v1/search?q=private-query');
    const wrong = await rest.as('wb_pat_not-a-token').get('/api/v1/me');
    const agent = await connect(`${server.url}/@alice/notes/mcp`, mcpToken);
    await agent.does('read_note', { path: 'Home' });
    await agent.close();
    await fetch(`${server.url}/@alice/notes.git/info/refs?service=git-upload-pack`, {
      headers: { authorization: `Basic ${Buffer.from(`any:${secret}`).toString('base64')}` },
    });

    await expect.poll(() => requests().map(({ door }) => door)).toContain('git');
    const line = requests().find(({ request }) => request === missing.body.instance);
    expect(line).toMatchObject({ method: 'GET', status: 404, door: 'rest', user: 'alice', agent: 'laptop' });
    expect(line?.ms).toBeTypeOf('number');
    expect(line?.path).toBe('/@alice/notes/api/v1/pages/Absent');
    expect(requests().find(({ request }) => request === wrong.body.instance)).toMatchObject({ status: 401 });
    const all = lines.join('');
    for (const hidden of [secret, mcpToken, Buffer.from(`any:${secret}`).toString('base64'), 'correct horse']) {
      expect(hidden.length).toBeGreaterThan(10);
      expect(all).not.toContain(hidden);
    }
    expect(all).not.toContain('private-query');
  });
});
