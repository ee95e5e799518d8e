import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aCommandLine } from '../kit/command-line.js';
import { GitClient } from '../kit/git-client.js';
import { aRedis, hasRedis } from '../kit/redis.js';
import { RestClient } from '../kit/rest-client.js';
import {
  type BuiltProcess,
  type ServerProcess,
  startServerProcess,
  startWorkerProcess,
} from '../kit/server-process.js';

if (!hasRedis) console.warn('redis-server is not installed: the stories of jobs on Redis are skipped.');

// The second process works off what the first one was told at its doors; between them is only Redis.
describe.runIf(hasRedis)('a server and a worker with a Redis between them', { timeout: 120_000 }, () => {
  let line: Awaited<ReturnType<typeof aCommandLine>>;
  let redis: Awaited<ReturnType<typeof aRedis>>;
  let database: pg.Client;
  let git: GitClient;
  let server: ServerProcess;
  let worker: BuiltProcess;
  let token: string;

  const start = async () => {
    const shared = { DATA_DIR: dataDir(), DATABASE_URL: line.databaseUrl, REDIS_URL: redis.url };
    [server, worker] = await Promise.all([startServerProcess({ ...shared, JOBS: 'off' }), startWorkerProcess(shared)]);
  };
  const stop = () => Promise.all([server, worker].map((one) => one.end('SIGTERM')));
  const dataDir = () => join(line.folder, 'data');
  const rest = (slug: string) => new RestClient(server.url, token).under(`/@alice/${slug}/api/v1`);
  const repository = async (slug: string) => {
    const { rows } = await database.query<{ id: string }>('SELECT id FROM wikis WHERE slug = $1', [slug]);
    return join(dataDir(), 'repositories', rows[0]?.id ?? '', 'repo.git');
  };
  const json = async (args: string[], input = '') => {
    const run = await line.run(['--json', ...args], { input });
    expect(run.code, run.stderr).toBe(0);
    return JSON.parse(run.stdout) as Record<string, unknown>;
  };
  const clone = async (slug: string) => {
    const url = new URL(`/@alice/${slug}.git`, server.url);
    Object.assign(url, { username: 'alice', password: token });
    await git.run(['clone', '-q', url.href, slug]);
  };
  const push = async (slug: string, page: string) => {
    await writeFile(git.path(slug, `${page}.md`), `The page ${page}.\n`);
    await git.run(['add', '.'], git.path(slug));
    await git.run(['commit', '-qm', page], git.path(slug));
    await git.run(['push', '-q', 'origin', 'HEAD:main'], git.path(slug));
  };
  /** Only a job packs a repository, and it does when eight pushes have left a pack each. */
  const pushUntilDue = async (slug: string) => {
    for (let i = 0; i < 8; i += 1) await push(slug, `Pushed ${i}`);
  };
  const isPacked = async (slug: string) => existsSync(join(await repository(slug), 'objects/info/commit-graph'));

  beforeAll(async () => {
    line = await aCommandLine();
    redis = await aRedis();
    git = await GitClient.create();
    await redis.start();
    token = String((await json(['user', 'add', 'alice', '--password-stdin'], 'correct horse\n')).token);
    for (const slug of ['notes', 'garden', 'doomed']) await json(['wiki', 'create', `@alice/${slug}`]);
    database = new pg.Client({ connectionString: line.databaseUrl });
    await database.connect();
    await start();
  });
  afterAll(async () => {
    await Promise.all([server?.end('SIGKILL'), worker?.end('SIGKILL')]);
    await database?.end();
    await redis?.remove();
    await git?.remove();
    await line?.remove();
  });

  it('what pushes left to do, the worker does', async () => {
    await clone('notes');
    await pushUntilDue('notes');

    await expect.poll(() => isPacked('notes'), { timeout: 20_000 }).toBe(true);
    expect((await rest('notes').get('/search?q=Pushed')).body.results).not.toHaveLength(0);
  });

  it('while Redis is away, everything is answered and nothing acknowledged is lost', async () => {
    await redis.kill();

    const ready = await new RestClient(server.url, null).get('/readyz');
    const made = await rest('notes').put('/pages/Away', { content: 'Written while the zephyr was away.\n' });
    await clone('garden');
    await push('garden', 'Also away');
    const platform = new RestClient(server.url, token).under('/api/v1');
    const removed = await platform.delete('/wikis/alice/doomed', { confirmation: 'alice/doomed' });

    expect(ready.status).toBe(200);
    expect(made.status).toBe(201);
    expect(removed.status, JSON.stringify(removed.body)).toBe(200);
    expect((await rest('notes').get('/search?q=zephyr')).body.results).toMatchObject([{ path: 'Away' }]);
    expect((await rest('garden').get('/pages/Also%20away')).body.content).toBe('The page Also away.\n');
  });

  it('when Redis is back and remembers nothing, the sweeps and the jobs go on', async () => {
    const doomed = await repository('doomed');
    expect(existsSync(doomed)).toBe(true);
    await database.query(`UPDATE wikis SET deleted_at = now() - interval '8 days' WHERE slug = 'doomed'`);
    await redis.start();

    await expect.poll(() => existsSync(doomed), { timeout: 20_000 }).toBe(false);
    await pushUntilDue('garden');
    await expect.poll(() => isPacked('garden'), { timeout: 20_000 }).toBe(true);
    expect((await rest('notes').get('/pages/Away')).body.content).toBe('Written while the zephyr was away.\n');
  });

  it('jobs that are done leave nothing behind', async () => {
    const client = new Redis(redis.url);
    await expect.poll(() => client.zcard('bull:wikibot:completed')).toBe(0);
    client.disconnect();
  });

  it('both stop when they are told to', async () => {
    expect(await stop()).toMatchObject([{ code: 0 }, { code: 0 }]);
  });

  it('both start without Redis, and stop without it', async () => {
    await redis.kill();
    await start();
    expect((await rest('notes').put('/pages/Later', { content: 'later\n' })).status).toBe(201);

    expect(await stop()).toMatchObject([{ code: 0 }, { code: 0 }]);
  });

  it('both stop when Redis went away meanwhile', async () => {
    await redis.start();
    await start();
    await redis.kill();
    expect((await rest('notes').put('/pages/Last', { content: 'last\n' })).status).toBe(201);

    expect(await stop()).toMatchObject([{ code: 0 }, { code: 0 }]);
  });
});
