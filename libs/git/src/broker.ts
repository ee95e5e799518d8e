import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, type OnReadOpts, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { BrokerChild } from './broker-child.js';
import type * as broker from './broker-main.js';
import { allowedSubcommands, type GitChild, type GitCommand, type GitRunner } from './git-command.js';
import { GitError } from './git-errors.js';
import { Runner } from './git-runner.js';

const isSource = import.meta.url.endsWith('.ts');
const program = fileURLToPath(new URL(isSource ? './broker-main.ts' : './broker-main.js', import.meta.url));
const ready: typeof broker.ready = 'ready\n';
// Run from source, names of compiled files have to be understood as those of their sources.
const sourceHook = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  registerHooks({ resolve: (name, context, next) =>
    next(name.startsWith('.') && name.endsWith('.js') ? name.slice(0, -3) + '.ts' : name, context) });
`)}`;
/** The longest path of a socket that every system takes. */
const maxSocketPath = 100;
const startMs = 15_000;
const reachMs = 10_000;

/** Starts git children through the broker process, and the broker again when it has died. */
class BrokerRunner extends Runner {
  private process: ChildProcess | null = null;
  private starting: Promise<void> | null = null;
  private closed = false;
  private readonly folder: string;
  private readonly socketPath: string;

  constructor(socketDir: string) {
    super();
    const name = `git-${process.pid}-${randomBytes(4).toString('hex')}.sock`;
    const isShort = join(socketDir, name).length <= maxSocketPath;
    this.folder = isShort ? socketDir : mkdtempSync(join(tmpdir(), 'wikibot-'));
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    chmodSync(this.folder, 0o700);
    this.socketPath = join(this.folder, name);
  }

  /** Starts the broker unless it runs or is being started. */
  ensureRunning(): Promise<void> {
    if (this.closed) return Promise.reject(new GitError('git-failed', 'git is no longer run; the server is stopping.'));
    if (this.process !== null && this.process.exitCode === null && this.process.signalCode === null) {
      return this.starting ?? Promise.resolve();
    }
    this.starting = this.spawnBroker().finally(() => (this.starting = null));
    return this.starting;
  }

  protected launch(command: GitCommand, env: Record<string, string>): GitChild {
    const { args, cwd = '/', memoryBytes, fileBytes } = command;
    return new BrokerChild((reading) => this.reach(reading), { args, env, cwd, memoryBytes, fileBytes });
  }

  async close(): Promise<void> {
    this.closed = true;
    const running = this.process;
    if (running !== null && running.exitCode === null && running.signalCode === null) {
      const gone = new Promise((resolve) => running.once('exit', resolve));
      // Now it is a reason to stay: who closes wants to know that it is gone.
      running.ref();
      running.stdin?.end();
      await gone;
    }
    rmSync(this.socketPath, { force: true });
  }

  /** A connection to the broker; when it has just died, to the next one. */
  private async reach(onread: OnReadOpts): Promise<Socket> {
    const deadline = performance.now() + reachMs;
    for (;;) {
      try {
        await this.ensureRunning();
        return await connected(this.socketPath, onread);
      } catch (error) {
        if (this.closed || performance.now() > deadline) throw error;
        await wait(20);
      }
    }
  }

  private spawnBroker(): Promise<void> {
    rmSync(this.socketPath, { force: true });
    const flags = isSource ? ['--disable-warning=ExperimentalWarning', '--import', sourceHook] : [];
    const args = ['--max-old-space-size=64', ...flags, program, this.socketPath, allowedSubcommands.join(',')];
    const env = { PATH: '/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin' };
    const started = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'], env, detached: true });
    this.process = started;
    started.stdin.on('error', () => {});
    // Neither the broker nor its pipes are a reason for this process to stay.
    for (const handle of [started, started.stdin, started.stdout]) (handle as { unref?: () => void }).unref?.();
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => started.kill('SIGKILL'), startMs);
      started.stdout.once('data', (said: Buffer) => {
        if (said.toString() === ready) resolve();
      });
      started.once('error', reject);
      started.once('exit', () => reject(new GitError('git-failed', 'The git broker ended before it was ready.')));
      started.stdout.once('data', () => clearTimeout(late)).once('close', () => clearTimeout(late));
    });
  }
}

function connected(path: string, onread: OnReadOpts): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ path, onread });
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
    socket.once('error', reject);
  });
}

/** Runs git in a small process beside this one; `socketDir` is made private to this user. */
export async function brokerRunner(options: { socketDir: string }): Promise<GitRunner> {
  const runner = new BrokerRunner(options.socketDir);
  await runner.ensureRunning();
  return runner;
}
