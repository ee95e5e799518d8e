import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aCommandLine } from '../../apps/api/test/kit/command-line.js';
import { RestClient } from '../../apps/api/test/kit/rest-client.js';
import { type ServerProcess, startServerProcess } from '../../apps/api/test/kit/server-process.js';

const cannot = spawnSync('prlimit', ['--version']).status !== 0;

describe.skipIf(cannot)(`a server out of file handles${cannot ? ' (not tried: no prlimit)' : ''}`, () => {
  let line: Awaited<ReturnType<typeof aCommandLine>>;
  let server: ServerProcess;
  let secret: string;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const idle: Socket[] = [];

  beforeAll(async () => {
    line = await aCommandLine();
    server = await startServerProcess(line.settings);
    for (const args of [
      ['user', 'add', 'alice'],
      ['wiki', 'create', '@alice/notes'],
    ]) {
      expect((await line.run(args)).code).toBe(0);
    }
    const made = await line.run(['--json', 'token', 'create', 'alice']);
    secret = (JSON.parse(made.stdout) as { secret: string }).secret;
  });
  afterAll(async () => {
    for (const socket of idle) socket.destroy();
    agent.destroy();
    await server?.end('SIGKILL');
    await line?.remove();
  });

  /** A read over the one connection that was there before. */
  const read = () =>
    new Promise<{ status: number; retryAfter: string | undefined; body: string }>((resolve, reject) => {
      const headers = { authorization: `Bearer ${secret}` };
      const asked = request(`${server.url}/@alice/notes/api/v1/pages/Home`, { agent, headers }, (answer) => {
        let body = '';
        answer.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, retryAfter: answer.headers['retry-after'], body }),
        );
      });
      asked.on('error', reject).end();
    });

  const open = () => readdirSync(`/proc/${server.child.pid}/fd`).length;
  const limit = (files: number | 'unlimited') =>
    execFileSync('prlimit', ['--pid', `${server.child.pid}`, `--nofile=${files}:`]);

  it('says that it is busy, and goes on by itself once there are some again', async () => {
    expect((await read()).status).toBe(200);
    const before = open();
    limit(before + 4);
    for (let n = 0; n < 12; n += 1) {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
      socket.on('error', () => {});
      idle.push(socket);
    }

    await expect.poll(async () => (await read()).status).toBe(503);
    const refused = await read();
    expect(JSON.parse(refused.body)).toMatchObject({ type: '/problems/busy' });
    expect(Number(refused.retryAfter)).toBeGreaterThan(0);

    for (const socket of idle.splice(0)) socket.destroy();
    await expect.poll(async () => (await read()).status).toBe(200);
    limit(1024);
    const rest = new RestClient(server.url, secret).under('/@alice/notes/api/v1');
    expect((await rest.put('/pages/After', { content: 'It goes on.\n' })).status).toBe(201);
    expect(server.output()).toMatch(/EMFILE/);
    expect(await server.end('SIGTERM')).toEqual({ code: 0, signal: null });
  });
});
