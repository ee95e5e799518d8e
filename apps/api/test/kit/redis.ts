import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { aFreePort } from './free-port.js';

/** Whether this machine has a Redis to start; `.ci/run` installs one. */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

/** A real Redis that keeps nothing: whoever starts it again finds it empty, at the same address. */
export async function aRedis() {
  const dir = await mkdtemp(join(tmpdir(), 'wikibot-redis-'));
  const port = await aFreePort();
  let child: ChildProcess | undefined;
  const answers = () =>
    new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
      socket.once('data', (data) => resolve(data.toString().startsWith('+PONG')));
      socket.once('error', () => resolve(false));
      socket.once('data', () => socket.destroy());
    });
  const kill = async () => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    start: async () => {
      const options = ['--bind', '127.0.0.1', '--port', `${port}`, '--dir', dir, '--save', '', '--appendonly', 'no'];
      child = spawn('redis-server', [...options, '--maxmemory-policy', 'noeviction'], { stdio: 'ignore' });
      await vi.waitFor(async () => expect(await answers()).toBe(true), { timeout: 10_000 });
    },
    kill,
    remove: async () => {
      await kill();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
