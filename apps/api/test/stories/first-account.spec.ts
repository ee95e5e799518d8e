import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aCommandLine } from '../kit/command-line.js';
import { type ServerProcess, startServerProcess } from '../kit/server-process.js';
import { WebClient } from '../kit/web-client.js';

const password = 'correct horse battery';

/** As a person has it who just started a new server and has a browser. */
describe('the first account', { timeout: 120_000 }, () => {
  let line: Awaited<ReturnType<typeof aCommandLine>>;
  let server: ServerProcess;

  beforeAll(async () => {
    line = await aCommandLine();
    server = await startServerProcess({ ...line.settings, SIGN_UP: 'closed' });
  }, 120_000);
  afterAll(async () => {
    if (server?.child.exitCode === null) await server.end('SIGKILL');
    await line?.remove();
  });

  const json = async (...args: string[]) => {
    const run = await line.run(['--json', ...args]);
    expect(run.code, run.stderr).toBe(0);
    return JSON.parse(run.stdout) as Record<string, string>;
  };
  const pathIn = (link: string) => link.replace(/^https?:\/\/[^/]+/, '');

  it('is made by the link on the console, once, and operates the server', async () => {
    const link = /http\S+sign-up\?invitation=[\w-]{43}/.exec(server.output())?.[0] ?? '';
    const browser = new WebClient(server.url);
    const page = await browser.open(pathIn(link));
    const desk = await browser.submit(page, '/auth/sign-up', { username: 'alice', password });

    expect([desk.status, new URL(desk.url).pathname]).toEqual([200, '/']);
    expect(await json('user', 'list')).toMatchObject([{ username: 'alice', is_admin: true }]);
    expect((await new WebClient(server.url).open(pathIn(link))).status).toBe(404);
    expect((await new WebClient(server.url).open('/auth/sign-up')).status).toBe(403);
  });

  it('invites others from the command line', async () => {
    await json('wiki', 'create', '@alice/notes');
    const made = await json('invite', '--wiki', '@alice/notes', '--role', 'viewer', '--days', '3');
    const plain = await line.run(['invite']);

    expect(made).toMatchObject({ wiki: '@alice/notes', role: 'viewer' });
    expect(made.link).toMatch(/^http:\/\/localhost:8080\/auth\/sign-up\?invitation=[\w-]{43}$/);
    expect(plain.stdout).toMatch(/An invitation to make an account, for one person, until .*\n\n {2}http/);
  });

  it.each([
    [['invite', '--role', 'owner'], 2, {}],
    [['invite', '--days', 'many'], 2, {}],
    [['invite', '--days', '91'], 3, {}],
    [['invite', '--wiki', '@alice/absent'], 3, {}],
    [['invite', '--wiki', 'nonsense'], 2, {}],
    [['invite'], 3, { SIGN_UP: 'closed' }],
  ])('%j is refused with its own exit code', async (args, code, variables) => {
    expect((await line.run(args, { variables })).code).toBe(code);
  });
});
