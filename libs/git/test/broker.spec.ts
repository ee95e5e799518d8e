import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { brokerRunner, directRunner, GitError, requireGit, type GitRunner } from '../src/index.js';
import { aRepository, record, somebody, type TestRepository } from '../src/testing/a-repository.js';

const processes = () =>
  execFileSync('ps', ['-eo', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line))
    .flatMap((match) => (match === null || match[3]?.startsWith('Z') ? [] : [match]))
    .map((match) => ({ pid: Number(match[1]), parent: Number(match[2]), args: match[4] ?? '' }));

describe.each(['broker', 'direct'])('git children of the %s runner', (kind) => {
  let socketDir: string;
  let runner: GitRunner;
  let repo: TestRepository;

  beforeEach(async () => {
    socketDir = mkdtempSync(join(tmpdir(), 'wb-'));
    runner = kind === 'broker' ? await brokerRunner({ socketDir }) : directRunner();
    repo = await aRepository({ 'a.md': 'text' });
  });
  afterEach(async () => {
    await runner.close();
    repo.remove();
    rmSync(socketDir, { recursive: true, force: true });
  });

  it('carry input, output, errors and exit codes', async () => {
    expect(await requireGit(runner)).toMatch(/^2\./);
    const { gitDir } = repo.repository;
    const tip = (await repo.repository.tip()) ?? '';
    const there = await runner.run({
      args: ['cat-file', '--batch'],
      gitDir,
      input: Buffer.from(`${tip}\n`.repeat(9000)),
    });
    expect(there.code).toBe(0);
    expect(there.stdout.toString().match(/^tree /gm)).toHaveLength(9000);
    const missing = await runner.run({ args: ['cat-file', '-p', 'nothing'], gitDir });
    expect(missing.code).toBe(128);
    expect(missing.stderr).toContain('Not a valid object name');
  });

  it('pass on to a slow reader what they said, byte for byte', async () => {
    const bytes = randomBytes(9_000_000);
    await repo.funnel.write(repo.repository, record, async () => ({
      ...{ edits: [{ path: 'big.bin', content: bytes }], message: 'Big' },
      ...{ author: somebody, committer: somebody },
    }));
    const taken: Buffer[] = [];
    // Takes a copy a while after it was given a piece, as a socket does that is full.
    const slow = new Writable({
      write: (piece: Buffer, _encoding, done) => void setImmediate(() => (taken.push(Buffer.from(piece)), done())),
    });
    const code = await runner
      .start({ args: ['cat-file', 'blob', 'main:big.bin'], gitDir: repo.repository.gitDir })
      .pour(slow);
    await new Promise((resolve) => slow.end(resolve));

    expect(code).toBe(0);
    expect(Buffer.concat(taken).equals(bytes)).toBe(true);
  });

  it('are not waited for by a reader who went away', async () => {
    const child = runner.start({ args: ['cat-file', '--batch'], gitDir: repo.repository.gitDir });
    const reader = new PassThrough();
    const poured = child.pour(reader);
    setImmediate(() => reader.destroy());

    await expect(poured).rejects.toThrow();
    child.kill();
    await child.exit;
  });

  it('are only the ones we use, in an environment of ours', async () => {
    expect(() => runner.start({ args: ['push', 'x'] })).toThrow(GitError);
    expect(() => runner.start({ args: ['-c', 'alias.x=!id', 'x'] })).toThrow(GitError);
  });

  it('are bounded in time and in what they answer', async () => {
    const { gitDir } = repo.repository;
    const waits = runner.run({ args: ['cat-file', '--batch'], gitDir, timeoutMs: 300, input: neverEnding() });
    await expect(waits).rejects.toMatchObject({ code: 'timed-out' });
    const much = { args: ['cat-file', '-p', 'main:a.md'], gitDir, maxBytes: 2 };
    await expect(runner.run(much)).rejects.toMatchObject({ code: 'too-large' });
  });

  it('die when they are killed or the caller gives up', async () => {
    const { gitDir } = repo.repository;
    const gone = new AbortController();
    const ours = () => processes().filter(({ args }) => args.includes('cat-file --batch-check=x')).length;
    const command = { args: ['cat-file', '--batch-check=x'], gitDir };
    const one = runner.start(command);
    const two = runner.start({ ...command, signal: gone.signal });
    await expect.poll(ours, { timeout: 10_000 }).toBe(2);

    one.kill();
    gone.abort();

    expect(await one.exit).not.toBe(0);
    expect(await two.exit).not.toBe(0);
    await expect.poll(ours, { timeout: 10_000 }).toBe(0);
  });

  it('hold back when their reader is slow', async () => {
    const { gitDir } = repo.repository;
    const tip = (await repo.repository.tip()) ?? '';
    const child = runner.start({ args: ['cat-file', '--batch'], gitDir });
    child.stdin.end(`${tip}\n`.repeat(15_000));
    let bytes = 0;
    let most = 0;
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      most = Math.max(most, child.stdout.readableLength);
    }
    expect(most).toBeLessThan(1 << 20);
    expect(await child.exit).toBe(0);
    expect(bytes).toBeGreaterThan(15_000 * 100);
  });
});

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function* never(): AsyncGenerator<Buffer> {
  await new Promise(() => {});
  yield Buffer.alloc(0);
}
function neverEnding() {
  return Readable.from(never());
}

describe('the broker process', () => {
  let socketDir: string;
  beforeEach(() => (socketDir = mkdtempSync(join(tmpdir(), 'wb-'))));
  afterEach(() => rmSync(socketDir, { recursive: true, force: true }));
  const brokers = () => processes().filter(({ args }) => args.includes('broker-main') && args.includes(socketDir));

  it('is started again when it has died, and is private', async () => {
    const runner = await brokerRunner({ socketDir });
    expect(statSync(socketDir).mode & 0o777).toBe(0o700);
    const [first] = brokers();
    process.kill(first?.pid ?? 0, 'SIGKILL');
    // A process that ends has no command line any more while its socket still takes connections.
    await expect.poll(() => isThere(first?.pid ?? 0), { timeout: 10_000 }).toBe(false);

    const answers = await Promise.all(Array.from({ length: 5 }, () => runner.run({ args: ['version'] })));

    expect(answers.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0]);
    expect(brokers()).toHaveLength(1);
    await runner.close();
    expect(brokers()).toHaveLength(0);
    expect(readdirSync(socketDir)).toEqual([]);
    await expect(runner.run({ args: ['version'] })).resolves.toMatchObject({ code: 127 });
  });

  it('ends with its parent, however that ends, and takes its children along', async () => {
    const repo = await aRepository({ 'a.md': '1' });
    const program = fileURLToPath(new URL('./kit/broker-parent.mjs', import.meta.url));
    const parent = spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        '--experimental-transform-types',
        program,
        socketDir,
        repo.repository.gitDir,
      ],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    await new Promise((resolve) => parent.stdout.once('data', resolve));
    const children = () => processes().filter(({ args }) => args.includes(`cat-file --batch-check=${socketDir}`));
    await expect.poll(() => children().length, { timeout: 10_000 }).toBe(1);

    parent.kill('SIGKILL');

    await expect.poll(() => brokers().length + children().length, { timeout: 10_000 }).toBe(0);
    repo.remove();
  });
});
