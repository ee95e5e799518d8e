import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEmbedded, type EmbeddedPostgres } from '../src/index.js';
import { isAlive } from '../src/postmaster.js';

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end().catch(() => {});
  }
}

const pidOf = async (dir: string) => Number((await readFile(join(dir, 'postmaster.pid'), 'utf8')).split('\n')[0]);

async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('The condition did not come true in 20 s.');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('the embedded PostgreSQL server', () => {
  let scratch: string;
  let dir: string;
  const running: EmbeddedPostgres[] = [];
  const start = async (durable = false) => {
    const server = await startEmbedded({ dir, durable });
    running.push(server);
    return server;
  };

  beforeEach(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'wikibot-embedded-'));
    dir = join(scratch, 'db');
  });

  afterEach(async () => {
    for (const server of running.splice(0)) await server.stop();
    await rm(scratch, { recursive: true, force: true });
  });

  it('starts, keeps what was written and starts again', async () => {
    const first = await start();
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await running.pop()?.stop();

    const second = await start();

    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('refuses a wrong password', async () => {
    const { url } = await start();
    const forged = new URL(url);
    forged.password = 'guess';

    await expect(query(forged.href, 'SELECT 1')).rejects.toThrow(/password/);
  });

  it('is joined by whoever comes second and stopped by whoever leaves last', async () => {
    const first = await start();
    const second = await startEmbedded({ dir, durable: false });
    await running.pop()?.stop();

    expect(second.adopted).toBe(true);
    expect(await query(first.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    const pid = await pidOf(dir);
    await second.stop();
    expect(isAlive(pid, 'postgres')).toBe(false);
  });

  it('comes back at the same address after it was killed', async () => {
    const server = await start(true);
    await query(server.url, 'CREATE TABLE kept AS SELECT 1 AS one');
    process.kill(await pidOf(dir), 'SIGKILL');
    await until(() =>
      query(server.url, 'SELECT 1').then(
        () => false,
        () => true,
      ),
    );

    await server.ensureRunning();

    expect(await query(server.url, 'SELECT one FROM kept')).toEqual([{ one: 1 }]);
  });

  it('comes back by itself after it was killed, though nobody asks for it', async () => {
    const server = await start(true);
    await start(true);
    await query(server.url, 'CREATE TABLE kept AS SELECT 1 AS one');
    const killed = await pidOf(dir);

    process.kill(killed, 'SIGKILL');

    const answer = () => query(server.url, 'SELECT one FROM kept').catch(() => []);
    await until(async () => (await pidOf(dir).catch(() => killed)) !== killed && (await answer()).length > 0);
    expect(await answer()).toEqual([{ one: 1 }]);
  });

  it('survives two first starts at once', async () => {
    const [one, two] = await Promise.all([start(), start()]);

    expect(one.url).toBe(two.url);
    expect([one.adopted, two.adopted].sort()).toEqual([false, true]);
  });

  it('is stopped when the only process that used it is killed', async () => {
    const server = await start();
    await query(server.url, 'SELECT 1');
    const pid = await pidOf(dir);
    running.pop();
    await server.stop();
    const script = `
      import { startEmbedded } from ${JSON.stringify(join(import.meta.dirname, '../../../dist/api/libs/postgres/src/index.js'))};
      await startEmbedded({ dir: ${JSON.stringify(dir)}, durable: false });
      console.log('up');
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const orphan = await pidOf(dir);
    expect(orphan).not.toBe(pid);

    child.kill('SIGKILL');

    await until(() =>
      pidOf(dir).then(
        () => false,
        () => true,
      ),
    );
    await until(async () => !isAlive(orphan, 'postgres'));
  });
});
