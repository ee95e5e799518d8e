import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aCommandLine } from '../../apps/api/test/kit/command-line.js';
import { GitClient } from '../../apps/api/test/kit/git-client.js';
import { connect, type McpSession } from '../../apps/api/test/kit/mcp-client.js';
import { RestClient } from '../../apps/api/test/kit/rest-client.js';
import { type ServerProcess, startServerProcess } from '../../apps/api/test/kit/server-process.js';
import { noClock, SettableClock } from './kit/settable-clock.js';

const missing = noClock();
const hourMs = 3_600_000;

describe.skipIf(missing !== null)(
  `a server whose clock is set while it runs${missing === null ? '' : ` (not tried: ${missing})`}`,
  () => {
    let line: Awaited<ReturnType<typeof aCommandLine>>;
    let clock: SettableClock;
    let server: ServerProcess;
    let rest: RestClient;
    let secret: string;
    let agent: McpSession;
    let git: GitClient;
    let gitDir: string;
    const written: string[] = [];

    beforeAll(async () => {
      line = await aCommandLine();
      clock = new SettableClock();
      server = await startServerProcess({ ...line.settings, ...clock.variables });
      for (const args of [
        ['user', 'add', 'alice'],
        ['wiki', 'create', '@alice/notes'],
      ]) {
        expect((await line.run(args)).code).toBe(0);
      }
      const made = await line.run(['--json', 'token', 'create', 'alice', '--verbs', 'read,write,admin']);
      secret = (JSON.parse(made.stdout) as { secret: string }).secret;
      rest = new RestClient(server.url, secret).under('/@alice/notes/api/v1');
      agent = await connect(`${server.url}/@alice/notes/mcp`, secret);
      git = await GitClient.create();
      await git.run(['clone', '--quiet', remote(), git.path('clone')]);
      const repositories = join(line.settings.DATA_DIR, 'repositories');
      gitDir = join(repositories, readdirSync(repositories)[0] ?? '', 'repo.git');
    });
    afterAll(async () => {
      await agent?.close();
      await server?.end('SIGKILL');
      await git?.remove();
      clock?.remove();
      await line?.remove();
    });

    const remote = () => `${server.url.replace('http://', `http://any:${secret}@`)}/@alice/notes.git`;

    /** What the server takes for now. */
    const serverTime = async () => Date.parse((await rest.get('/')).headers['date'] ?? '');

    const set = async (offset: string, ms: number) => {
      clock.set(offset);
      // The date of its answers is renewed once a second.
      await expect.poll(async () => Math.abs((await serverTime()) - Date.now() - ms)).toBeLessThan(5_000);
    };

    const writeByEveryDoor = async (when: string) => {
      const put = await rest.put(`/pages/Rest-${when}`, { content: `By REST, ${when}.\n` });
      expect(put.status, JSON.stringify(put.body)).toBe(201);
      await agent.does('write_note', { path: `Agent-${when}`, content: `By an agent, ${when}.\n` });
      const clone = git.path('clone');
      await git.run(['pull', '--quiet'], clone);
      await writeFile(join(clone, `Git-${when}.md`), `By git, ${when}.\n`);
      await git.run(['add', '.'], clone);
      await git.run(['commit', '--quiet', '-m', `Git-${when}`], clone);
      await git.run(['push', '--quiet', 'origin', 'HEAD:main'], clone);
      written.push(`Rest-${when}`, `Agent-${when}`, `Git-${when}`);
    };

    it('writes go on at every door, and history is in the order of the commits, not of their dates', async () => {
      await writeByEveryDoor('now');
      const first = await rest.get('/pages?limit=2');
      const changes = await rest.get('/changelog?limit=2');

      for (const [offset, ms, when] of [
        ['+2h', 2 * hourMs, 'later'],
        ['-2h', -2 * hourMs, 'earlier'],
        ['+0', 0, 'again'],
      ] as const) {
        const page = await rest.get('/pages/Rest-now');
        await set(offset, ms);

        expect((await rest.get('/pages/Rest-now', { 'if-none-match': page.headers['etag'] ?? '' })).status).toBe(304);
        await writeByEveryDoor(when);
        expect((await rest.get(`/pages?limit=2&cursor=${String(first.body['next'])}`)).status).toBe(200);
        expect((await rest.get(`/changelog?limit=2&cursor=${String(changes.body['next'])}`)).status).toBe(200);
      }

      const log = await git.run(['--git-dir', gitDir, 'log', '--format=%H %ct', '--first-parent', 'main']);
      const commits = log
        .trim()
        .split('\n')
        .map((row) => row.split(' '));
      const dates = commits.map(([, seconds]) => Number(seconds));
      expect(dates).not.toEqual([...dates].sort((a, b) => b - a));
      const pages = await Promise.all(written.map((path) => rest.get(`/pages/${path}`)));
      const revisions = pages.map(({ body }) => body['revision']).reverse();
      expect(commits.map(([oid]) => oid).filter((oid) => revisions.includes(oid))).toEqual(revisions);
      const told = (await rest.get('/changelog?limit=100')).body.entries.map(({ revision }) => revision);
      expect(told.filter((revision) => revisions.includes(revision))).toEqual(revisions);
    });

    it('a token ends by the clock of the server, and is as good as before once that is right again', async () => {
      const platform = new RestClient(server.url, secret).under('/api/v1');
      const inAnHour = new Date(Date.now() + hourMs).toISOString();
      const made = await platform.post('/tokens', { label: 'short', verbs: ['read'], expires_at: inAnHour });
      expect(made.status, JSON.stringify(made.body)).toBe(201);
      const short = rest.as(made.body['secret'] as string);

      expect((await short.get('/pages/Home')).status).toBe(200);
      await set('+2h', 2 * hourMs);
      expect((await short.get('/pages/Home')).status).toBe(401);
      await set('-2h', -2 * hourMs);
      expect((await short.get('/pages/Home')).status).toBe(200);
      await set('+0', 0);
    });

    it('a lock that a git holds is kept when the clock goes forward, and waited for no longer when it goes back', async () => {
      const lock = join(gitDir, 'refs/heads/main.lock');
      writeFileSync(lock, '', { flag: 'wx' });
      await set('+2h', 2 * hourMs);

      const started = performance.now();
      const refused = rest.put('/pages/Refused', { content: 'Not now.\n' });
      await set('-2h', -2 * hourMs);
      expect(await refused).toMatchObject({ status: 503, body: { type: '/problems/busy' } });
      expect(performance.now() - started).toBeLessThan(15_000);
      expect(readdirSync(join(gitDir, 'refs/heads'))).toContain('main.lock');

      rmSync(lock);
      expect((await rest.put('/pages/Refused', { content: 'Now.\n' })).status).toBe(201);
      await set('+0', 0);
    });

    it('no request took less than no time', () => {
      const lines = server
        .output()
        .split('\n')
        .flatMap((text) => (text.startsWith('{') ? [text] : []));
      const times = lines.flatMap((text) => (JSON.parse(text) as { ms?: number }).ms ?? []);

      expect(times.length).toBeGreaterThan(20);
      expect(times.filter((ms) => ms < 0 || ms > 60_000)).toEqual([]);
    });
  },
);
