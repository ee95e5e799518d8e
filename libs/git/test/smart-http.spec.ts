import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { brokerRunner, gitProtocol, SmartHttp, type GitRunner } from '../src/index.js';
import { aRepository, type TestRepository } from '../src/testing/a-repository.js';
import { GitClient } from './kit/git-client.js';
import { serveGit, type GitServer } from './kit/git-server.js';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const files = Object.fromEntries(
  Array.from({ length: 60 }, (_, i) => [`P${i % 7}/page ${i}.md`, `# ${i}\n`.repeat(i)]),
);

describe('a git client over HTTP', () => {
  const socketDir = mkdtempSync(join(tmpdir(), 'wikibot-broker-'));
  let broker: GitRunner;
  let runner: GitRunner;
  let started: string[];
  let repo: TestRepository;
  let server: GitServer;
  let client: GitClient;

  beforeAll(async () => {
    broker = await brokerRunner({ socketDir });
    // Counts what is started, to tell what needs no git at all.
    const count = (args: string[]) => started.push(args[0] ?? '');
    runner = {
      start: (command) => (count(command.args), broker.start(command)),
      run: (command) => (count(command.args), broker.run(command)),
      close: () => broker.close(),
    };
  });
  afterAll(async () => {
    await broker.close();
    rmSync(socketDir, { recursive: true, force: true });
  });
  const begin = async (contents: Record<string, string> = files) => {
    started = [];
    client = new GitClient();
    repo = await aRepository(contents);
    server = await serveGit(repo, runner);
  };
  afterEach(async () => {
    await server.close();
    repo.remove();
    client.remove();
  });
  const upload = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/git-upload-pack`, { method: 'POST', body, headers });

  it('clones, fetches what is new, and then nothing', async () => {
    await begin();
    await client.git('clone', '-q', server.url, 'wiki');
    expect(await client.git('-C', 'wiki', 'rev-parse', 'HEAD')).toBe(await repo.repository.tip());
    expect(await client.git('-C', 'wiki', 'fsck', '--strict')).toBe('');

    const next = await repo.commit([{ path: 'new.md', content: Buffer.from('new') }]);
    await client.git('-C', 'wiki', 'pull', '-q');
    expect(await client.git('-C', 'wiki', 'rev-parse', 'HEAD')).toBe(next);

    started = [];
    await client.git('-C', 'wiki', 'fetch', '-q');
    await client.git('ls-remote', server.url);
    expect(started).toEqual([]);
  });

  it.each(['0', '1', '2'])('speaks protocol version %s', async (version) => {
    await begin();
    await client.git('-c', `protocol.version=${version}`, 'clone', '-q', server.url, 'wiki');
    expect(await client.git('-C', 'wiki', 'rev-parse', 'HEAD')).toBe(await repo.repository.tip());
    expect(await client.git('-C', 'wiki', 'branch', '--show-current')).toBe('main');
  });

  it('clones shallow and without blobs', async () => {
    await begin();
    await repo.commit([{ path: 'new.md', content: Buffer.from('new') }]);
    await client.git('clone', '-q', '--depth', '1', server.url, 'shallow');
    expect(await client.git('-C', 'shallow', 'rev-list', '--count', 'HEAD')).toBe('1');

    await client.git('clone', '-q', '--bare', '--filter=blob:none', server.url, 'partial');
    const missing = await client.git('-C', 'partial', 'rev-list', '--objects', '--missing=print', 'HEAD');
    expect(missing.split('\n').filter((line) => line.startsWith('?')).length).toBeGreaterThan(50);
    // One that is missing is fetched when it is asked for.
    expect(await client.git('-C', 'partial', 'show', 'HEAD:new.md')).toBe('new');
  });

  it('clones an empty wiki onto main', async () => {
    await begin({});
    await client.git('clone', '-q', server.url, 'wiki');
    expect(await client.git('-C', 'wiki', 'symbolic-ref', 'HEAD')).toBe('refs/heads/main');
  });

  it('lists the same refs as git, tags and their targets included, and no others', async () => {
    await begin();
    repo.git('-c', 'user.name=x', '-c', 'user.email=x@x', 'tag', '-a', 'v1', '-m', 'one', 'main');
    repo.git('tag', 'light', 'main');
    repo.git('update-ref', 'refs/hidden/secret', 'main');
    repo.git('pack-refs', '--all');
    repo.git('tag', 'later', 'main');
    const expected = repo.git('ls-remote', repo.repository.gitDir).split('\n');

    const listed = (await client.git('ls-remote', server.url)).split('\n');

    expect(listed).toEqual(expected.filter((line) => line !== '' && !line.includes('refs/hidden')));
  });

  it('understands long requests, which git sends compressed', async () => {
    await begin();
    await client.git('clone', '-q', server.url, 'wiki');
    for (let i = 0; i < 40; i += 1) await client.commit('wiki', 'mine.md', `${i}`);
    await repo.commit([{ path: 'theirs.md', content: Buffer.from('x') }]);
    await client.git('-C', 'wiki', 'pull', '-q', '--no-rebase', '--no-edit');
    expect(server.seen.filter((one) => one.encoding === 'gzip').length).toBeGreaterThan(0);
    expect(await client.git('-C', 'wiki', 'show', 'HEAD:theirs.md')).toBe('x');
  });

  it('serves eight clones at once', async () => {
    await begin();
    const names = Array.from({ length: 8 }, (_, i) => `wiki${i}`);
    const said = await Promise.all(names.map((name) => client.run('clone', '-q', server.url, name)));
    expect(said.map(({ code }) => code)).toEqual(names.map(() => 0));
  });

  it('ends git when the client goes away in the middle', async () => {
    await begin({ 'large.bin': 'x' });
    const blobs = Array.from({ length: 8 }, (_, i) => ({ path: `${i}.bin`, content: randomBytes(2 << 20) }));
    const tip = await repo.commit(blobs);
    const want = (line: string) => (line.length + 4).toString(16).padStart(4, '0') + line;
    const body = `${want('command=fetch')}0001${want('no-progress')}${want(`want ${tip}\n`)}${want('done\n')}0000`;
    const gone = new AbortController();
    const headers = { 'git-protocol': 'version=2' };
    const answer = await fetch(`${server.url}/git-upload-pack`, { method: 'POST', body, headers, signal: gone.signal });
    await answer.body?.getReader().read();
    const ours = () => execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).includes(repo.repository.gitDir);
    expect(ours()).toBe(true);

    gone.abort();

    await expect.poll(ours, { timeout: 10_000 }).toBe(false);
    // Its place is free again.
    await client.git('clone', '-q', '--depth', '1', server.url, 'after');
  });

  it('answers nonsense with a refusal', async () => {
    await begin();
    const headers = { 'git-protocol': 'version=2' };
    expect((await upload('0014command=ls-refs\nzzzz', headers)).status).toBe(400);
    expect((await upload('0014command=ls-refs\n0050cut', headers)).status).toBe(400);
    expect((await upload(`0014command=ls-refs${'x'.repeat(100_000)}`, headers)).status).toBe(400);
    expect((await fetch(`${server.url}/info/refs`)).status).toBe(403);
    expect((await fetch(`${server.url}/HEAD`)).status).toBe(404);
  });

  it.each(['0', '2'])('gives no commit that no ref leads to, in version %s', async (version) => {
    await begin();
    await client.git('clone', '-q', server.url, 'wiki');
    const secret = repo
      .git('-c', 'user.name=x', '-c', 'user.email=x@x', 'commit-tree', 'main^{tree}', '-p', 'main', '-m', 'secret')
      .trim();
    const fetchIt = ['-C', 'wiki', '-c', `protocol.version=${version}`, 'fetch', '-q', server.url, secret];

    expect(await client.run(...fetchIt)).toMatchObject({
      code: 128,
      stderr: expect.stringMatching(/not our ref|unadvertised object/),
    });
    repo.git('tag', 'shown', secret);
    expect(await client.run(...fetchIt)).toMatchObject({ code: 0 });
  });

  it('holds inflated requests to the limit', async () => {
    await begin();
    const line = '0032have 0123456789012345678901234567890123456789\n';
    const { gzipSync } = await import('node:zlib');
    const body = gzipSync(Buffer.from(`0011command=fetch0001${line.repeat(400_000)}0000`));
    expect(body.length).toBeLessThan(1 << 20);
    const headers = { 'content-encoding': 'gzip', 'git-protocol': 'version=2' };
    const answer = await upload(body, headers).then(
      async (response) => (await response.text().catch(() => 'broken off')) || `${response.status}`,
      () => 'broken off',
    );
    expect(answer).toMatch(/larger than|broken off/);
  });

  it('passes on a version and nothing else', () => {
    expect(gitProtocol('version=2')).toBe('version=2');
    expect(gitProtocol('version=1:version=2')).toBe('version=2');
    expect(gitProtocol('version=2:evil=$(id)\n')).toBe('version=2');
    expect(gitProtocol('version=7')).toBeUndefined();
    expect(gitProtocol('x'.repeat(300))).toBeUndefined();
  });

  it('asks git once for what it can do', async () => {
    await begin();
    const smartHttp = new SmartHttp({ runner });
    started = [];
    const ask = () => smartHttp.advertise(repo.repository, 'git-upload-pack', 'version=2');
    const [one, two] = await Promise.all([ask(), ask()]);
    expect(started).toEqual(['upload-pack']);
    expect(one.body.equals(two.body)).toBe(true);
  });
});
