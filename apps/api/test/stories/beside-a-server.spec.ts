import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aPlainCommandLine } from '../kit/command-line.js';
import { connect } from '../kit/mcp-client.js';
import { RestClient } from '../kit/rest-client.js';
import { type ServerProcess, startServerProcess } from '../kit/server-process.js';

/** As a person has it who just ran `npm start`: an embedded database, and a second terminal for commands. */
describe('commands beside a server that runs', { timeout: 120_000 }, () => {
  let line: Awaited<ReturnType<typeof aPlainCommandLine>>;
  let server: ServerProcess;
  let token: string;

  const run = async (...args: string[]) => {
    const said = await line.run(['--json', ...args]);
    expect(said.code, said.stderr).toBe(0);
    return JSON.parse(said.stdout) as Record<string, string>;
  };
  const rest = (slug: string) => new RestClient(server.url, token).under(`/@alice/${slug}/api/v1`);

  beforeAll(async () => {
    line = await aPlainCommandLine();
    server = await startServerProcess(line.settings);
    await run('user', 'add', 'alice');
    const made = await run('token', 'create', 'alice', '--label', 'laptop');
    token = made.secret;
  }, 120_000);
  afterAll(async () => {
    if (server?.child.exitCode === null) await server.end('SIGKILL');
    await line?.remove();
  });

  it('tells the first person how to make an account', () => {
    expect(server.output()).toMatch(/There is no account yet[^]*user add/);
  });

  it('keeps the compiled program in its own folder, so that the next start is quick', async () => {
    const run = join(line.folder, 'data', 'run');
    const [version = ''] = await readdir(join(run, 'code'));

    expect((await stat(run)).mode & 0o777).toBe(0o700);
    expect((await readdir(join(run, 'code', version))).length).toBeGreaterThan(100);
  });

  it('a wiki that a command made is served at once, and a written page is seen by the next command', async () => {
    await run('wiki', 'create', '@alice/notes');
    const written = await rest('notes').put('/pages/Beside', { content: 'From the server.\n' });
    const bundle = join(line.folder, 'notes.bundle');
    await run('export', '@alice/notes', '--to', bundle);
    await run('import', bundle, '--as', '@alice/copy');

    expect(written.status).toBe(201);
    expect((await rest('copy').get('/pages/Beside')).body).toMatchObject({ content: 'From the server.\n' });
    expect((await rest('copy').get('/search?q=server')).body.results).toMatchObject([{ path: 'Beside' }]);
  });

  it('a wiki that a command deleted is gone at once, also for an agent that was connected, and comes back', async () => {
    const agent = await connect(`${server.url}/@alice/notes/mcp`, token);
    expect((await agent.does('read_note', { path: 'Beside' })).text).toContain('From the server.');

    await run('wiki', 'delete', '@alice/notes', '--confirm', 'alice/notes');
    expect((await rest('notes').get('/pages/Beside')).status).toBe(404);
    await expect(agent.does('read_note', { path: 'Beside' })).rejects.toThrow();

    await run('wiki', 'restore', '@alice/notes');
    expect((await rest('notes').get('/pages/Beside')).status).toBe(200);
    await agent.close();
  });

  it('reindex and doctor go on beside it, while pages are read', async () => {
    const reads = { good: 0, bad: 0, done: false };
    const reading = (async () => {
      while (!reads.done) reads[(await rest('notes').get('/pages/Beside')).status === 200 ? 'good' : 'bad'] += 1;
    })();
    await run('reindex', '--all');
    const report = (await run('doctor', '--deep')) as unknown as { ok: boolean };
    reads.done = true;
    await reading;

    expect(report.ok).toBe(true);
    expect(reads.bad).toBe(0);
    expect(reads.good).toBeGreaterThan(0);
  });

  it('Ctrl-C ends it with exit code 0 and the database with it; commands work on without it', async () => {
    const end = await server.end('SIGINT');
    const database = await readdir(join(line.folder, 'data', 'db'));
    const list = await line.run(['wiki', 'list']);

    expect(end, server.output()).toEqual({ code: 0, signal: null });
    expect(database).toContain('PG_VERSION');
    expect(database).not.toContain('postmaster.pid');
    expect(list.code, list.stderr).toBe(0);
    expect(list.stdout).toContain('@alice/copy');
  });
});
