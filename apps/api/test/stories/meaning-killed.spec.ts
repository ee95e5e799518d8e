import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeEmbedding } from '../../../../libs/search/test/kit/embedding.js';
import { aCommandLine } from '../kit/command-line.js';
import { RestClient } from '../kit/rest-client.js';
import { type ServerProcess, startServerProcess } from '../kit/server-process.js';

const pages = 120;
const kills = 2;
const animals = ['heron', 'badger', 'salmon', 'beetle', 'walrus', 'weasel', 'sparrow', 'otter', 'moose', 'tortoise'];
const text = (n: number) => {
  const sentence = `The ${animals[n % animals.length]} number ${n} lives in the north and eats what it finds there. `;
  return `# ${n}\n\n${sentence.repeat(8)}\n`;
};

describeEmbedding('killing a server that reads pages for their meaning', () => {
  let line: Awaited<ReturnType<typeof aCommandLine>>;
  let server: ServerProcess;
  let rest: RestClient;
  const start = async (token: string) => {
    server = await startServerProcess({ ...line.settings, SEARCH_BY_MEANING: 'on' });
    rest = new RestClient(server.url, token).under('/@alice/zoo/api/v1');
  };
  const status = async () =>
    (await rest.get('/reindex/status')).body.meaning as { pages: number; pages_read: number; chunks: number };
  const json = async (args: string[]) =>
    JSON.parse((await line.run([...args, '--json'])).stdout) as Record<string, string>;

  let token: string;
  beforeAll(async () => {
    line = await aCommandLine();
    await line.run(['user', 'add', 'alice'], { input: 'a long password\na long password\n' });
    token = (await json(['token', 'create', 'alice', '--verbs', 'read,write,admin'])).secret ?? '';
    await start(token);
    const made = await new RestClient(server.url, token).post('/api/v1/wikis', { slug: 'zoo', name: 'Zoo' });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    const operations = Array.from({ length: pages }, (_, n) => ({
      op: 'write',
      path: `Animals/${n}`,
      content: text(n),
    }));
    for (let at = 0; at < pages; at += 60) {
      const { status, body } = await rest.post('/batch', { operations: operations.slice(at, at + 60) });
      expect(status, JSON.stringify(body)).toBe(200);
    }
  });
  afterAll(async () => {
    await server?.end('SIGTERM');
    await line?.remove();
  });

  it('loses nothing: it goes on where it was, and in the end every page is read once', async () => {
    for (let kill = 1; kill <= kills; kill += 1) {
      const wanted = Math.floor((pages * kill) / (kills + 1));
      await expect
        .poll(async () => (await status()).pages_read, { timeout: 60_000, interval: 50 })
        .toBeGreaterThan(wanted / 2);
      const before = (await status()).pages_read;
      await server.end('SIGKILL');
      await start(token);
      // What was read before is not read again.
      expect((await status()).pages_read).toBeGreaterThanOrEqual(before);
    }

    // What is read already is found while the rest is.
    const early = (await rest.get('/search?limit=5&q=animal%20with%20a%20shell')).body;
    expect(early).toMatchObject({ mode: 'hybrid', meaning: { position: null } });
    await expect.poll(async () => (await status()).pages_read, { timeout: 60_000 }).toBe((await status()).pages);
    const { chunks, pages: all } = await status();
    const found = (await rest.get('/semantic-search?n=3&q=a%20reptile%20with%20a%20shell')).body;
    expect((found.results as { path: string }[]).map(({ path }) => Number(path.split('/')[1]) % 10)).toEqual([9, 9, 9]);

    expect((await rest.post('/reindex')).status).toBe(202);
    await expect
      .poll(async () => (await rest.get('/reindex/status')).body.status, { timeout: 60_000 })
      .toBe('complete');
    expect(await status()).toMatchObject({ chunks, pages: all, pages_read: all });
  });
});
