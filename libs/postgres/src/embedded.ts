import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { binaries, environment, nobody, runsAsRoot, unprivileged } from './binaries.js';
import { Keeper } from './keeper.js';
import { exclusively } from './lock.js';
import { isAlive, postmasterOf } from './postmaster.js';
import { ServerUsers } from './users.js';

export interface EmbeddedOptions {
  /** The data directory; its password, port and lock files lie beside it. */
  dir: string;
  port?: number;
  /** False gives up durability for speed; for throw-away servers only. */
  durable?: boolean;
  /** Called when the server was started and is not ready yet, or when it runs already. */
  onLaunched?: (() => void) | undefined;
}

export interface EmbeddedPostgres {
  /** postgres:// address of the database `wikibot`. */
  url: string;
  /** True when another process had started the server already. */
  adopted: boolean;
  /** Starts the server again when it is gone, at the same address, without waiting until that is noticed. */
  ensureRunning(): Promise<void>;
  /** Signs off; the last process out stops the server. */
  stop(): Promise<void>;
}

/** Starts the PostgreSQL server of a data directory, or joins the one that runs there. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const dir = resolve(options.dir);
  mkdirSync(dirname(dir), { recursive: true, mode: 0o700 });
  const users = new ServerUsers(`${dir}.users`, dir);
  const bring = (port = options.port) => exclusively(`${dir}.lock`, () => bringUp(dir, { ...options, port }));
  users.enter();
  try {
    const { port, password, adopted } = await bring();
    // Whoever holds the address goes on using it, so it comes back there and nowhere else.
    const keeper = new Keeper(dir, () => bring(port));
    return {
      url: `postgres://postgres:${password}@127.0.0.1:${port}/wikibot`,
      adopted,
      ensureRunning: async () => {
        // A server that was killed is among the living for a moment yet, but it does not answer.
        const server = postmasterOf(dir);
        if (server?.ready !== true || !(await answers(server.port))) await bring(port);
      },
      stop: async () => {
        await keeper.stop();
        await exclusively(`${dir}.lock`, () => leave(dir, users));
      },
    };
  } catch (error) {
    users.leave();
    throw error;
  }
}

async function bringUp(dir: string, options: EmbeddedOptions) {
  const password = await initialise(dir, options.durable ?? true);
  const serving = await waitForOrphan(dir);
  if (serving !== null) {
    options.onLaunched?.();
    return { port: serving, password, adopted: true };
  }
  const port = await choosePort(dir, options.port);
  await launch(dir, port, options);
  await createDatabase(port, password);
  return { port, password, adopted: false };
}

async function initialise(dir: string, durable: boolean): Promise<string> {
  const file = `${dir}.password`;
  if (existsSync(join(dir, 'PG_VERSION')) && existsSync(file)) return readFileSync(file, 'utf8').trim();
  const password = randomBytes(24).toString('base64url');
  writeFileSync(file, password, { mode: 0o600 });
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  if (runsAsRoot()) chownSync(dir, nobody, nobody);
  const { initdb } = await binaries();
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--encoding=UTF8'];
  const access = ['-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${file}`];
  const [program, args] = unprivileged(initdb, [
    '-D',
    dir,
    ...access,
    ...locale,
    '--no-instructions',
    ...(durable ? [] : ['--no-sync']),
  ]);
  const run = spawnSync(program, args, { env: environment(childPath()), encoding: 'utf8', cwd: '/' });
  if (run.status !== 0) throw new Error(`PostgreSQL could not be set up in ${dir}: ${run.stderr || String(run.error)}`);
  return password;
}

// Read through a function so that only this line of the room touches the environment it was started in.
const childPath = () => dirname(process.execPath) + ':/usr/local/bin:/usr/bin:/bin';

/** An orphan may be shutting down, or another process may be starting the server: wait for either to settle. */
async function waitForOrphan(dir: string): Promise<number | null> {
  const deadline = performance.now() + 30_000;
  for (;;) {
    const server = postmasterOf(dir);
    if (server === null) return null;
    if (server.ready && (await answers(server.port))) return server.port;
    if (performance.now() > deadline)
      throw new Error(`The PostgreSQL server of ${dir} (process ${server.pid}) does not answer.`);
    await wait(20);
  }
}

function answers(port: number): Promise<boolean> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', password: 'x', database: 'postgres' });
  client.on('error', () => {});
  return client.connect().then(
    () => client.end().then(() => true),
    // A refused password is an answer too.
    (error: { code?: string }) => error.code === '28P01',
  );
}

async function choosePort(dir: string, wanted: number | undefined): Promise<number> {
  const file = `${dir}.port`;
  const last = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  const port = wanted ?? ((await isFree(last)) ? last : await freePort());
  writeFileSync(file, `${port}\n`, { mode: 0o600 });
  return port;
}

async function isFree(port: number): Promise<boolean> {
  return port > 0 && (await freePort(port).catch(() => 0)) === port;
}

function freePort(port = 0): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolvePort(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function launch(dir: string, port: number, { durable = true, onLaunched }: EmbeddedOptions): Promise<void> {
  const { postgres } = await binaries();
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'shared_buffers=64MB',
    'max_connections=100',
    'jit=off',
    'dynamic_shared_memory_type=mmap',
    'io_method=sync',
    ...(durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
  ];
  const [program, args] = unprivileged(postgres, ['-D', dir, '-p', `${port}`, ...settings.flatMap((s) => ['-c', s])]);
  const log = openSync(`${dir}.log`, 'w', 0o600);
  const child = spawn(program, args, {
    env: environment(childPath()),
    cwd: '/',
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  child.unref();
  let ended: string | null = null;
  child.on('exit', (code, signal) => (ended = `${code ?? signal}`));
  child.on('error', (error) => (ended = error.message));
  onLaunched?.();
  const deadline = performance.now() + 60_000;
  while (!(postmasterOf(dir)?.ready === true && (await answers(port)))) {
    if (ended !== null || performance.now() > deadline) {
      const tail = readFileSync(`${dir}.log`, 'utf8').slice(-600);
      throw new Error(`PostgreSQL did not start (${ended ?? 'no answer in a minute'}): ${tail}`);
    }
    await wait(10);
  }
}

async function createDatabase(port: number, password: string): Promise<void> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', password, database: 'postgres' });
  await client.connect();
  try {
    const found = await client.query("SELECT 1 FROM pg_database WHERE datname = 'wikibot'");
    if (found.rowCount === 0) await client.query('CREATE DATABASE wikibot');
  } finally {
    await client.end();
  }
}

async function leave(dir: string, users: ServerUsers): Promise<void> {
  if (!users.leave()) return;
  const server = postmasterOf(dir);
  if (server === null) return;
  // SIGINT is PostgreSQL's fast shutdown: connections are cut, everything committed is kept.
  process.kill(server.pid, 'SIGINT');
  const deadline = performance.now() + 30_000;
  // Its file goes a moment before the process does.
  const isThere = () => postmasterOf(dir) !== null || isAlive(server.pid, 'postgres');
  while (isThere() && performance.now() < deadline) await wait(10);
}
