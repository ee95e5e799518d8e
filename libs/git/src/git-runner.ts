import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GitError } from './git-errors.js';
import {
  allowedSubcommands,
  gitEnvironment,
  type GitChild,
  type GitCommand,
  type GitResult,
  type GitRunner,
} from './git-command.js';

const defaultTimeoutMs = 25_000;
const defaultMaxBytes = 64 << 20;
const programs = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/homebrew/bin';

/** What is left to say of a command once somebody can start children. */
export abstract class Runner implements GitRunner {
  protected abstract launch(command: GitCommand, env: Record<string, string>): GitChild;
  abstract close(): Promise<void>;

  start(command: GitCommand): GitChild {
    const [subcommand = ''] = command.args;
    if (!allowedSubcommands.includes(subcommand)) throw new GitError('git-failed', `git ${subcommand} is not allowed.`);
    const child = this.launch(command, gitEnvironment(command, programs));
    const stop = () => child.kill();
    if (command.signal?.aborted === true) stop();
    command.signal?.addEventListener('abort', stop, { once: true });
    void child.exit.finally(() => command.signal?.removeEventListener('abort', stop));
    return child;
  }

  /** Runs to the end and keeps the output; a non-zero exit is the caller's to judge. */
  async run(command: GitCommand): Promise<GitResult> {
    const child = this.start(command);
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill();
    }, command.timeoutMs ?? defaultTimeoutMs);
    try {
      const feeding = feed(child, command.input);
      const [stdout, stderr, code] = await Promise.all([
        collect(child.stdout, command.maxBytes ?? defaultMaxBytes, child),
        collect(child.stderr, 1 << 20, child),
        child.exit,
        feeding,
      ]);
      if (late) throw new GitError('timed-out', `git ${command.args[0]} took too long.`);
      return { code, stdout, stderr: stderr.toString('utf8') };
    } finally {
      clearTimeout(timer);
    }
  }
}

async function feed(child: GitChild, input: Buffer | Readable | undefined): Promise<void> {
  // git may stop reading before the end (a refused pack); its exit code tells, not the broken pipe.
  child.stdin.on('error', () => {});
  if (input === undefined || Buffer.isBuffer(input)) child.stdin.end(input);
  else await pipeline(input, child.stdin).catch(() => {});
}

async function collect(stream: Readable, maxBytes: number, child: GitChild): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) {
      child.kill();
      throw new GitError('too-large', `git answered more than ${maxBytes} bytes.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

class DirectRunner extends Runner {
  private readonly children = new Set<GitChild>();

  protected launch(command: GitCommand, env: Record<string, string>): GitChild {
    // A group of its own, so that what git itself starts dies with it.
    const child = spawn('git', command.args, { env, cwd: command.cwd ?? '/', detached: true, stdio: 'pipe' });
    const exit = new Promise<number>((resolve) => {
      child.on('error', () => resolve(127));
      child.on('close', (code) => resolve(code ?? -1));
    });
    const started: GitChild = {
      stdin: child.stdin,
      stdout: child.stdout,
      stderr: child.stderr,
      exit,
      kill: () => {
        try {
          if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
        } catch {
          // It is gone already.
        }
      },
    };
    this.children.add(started);
    void exit.finally(() => this.children.delete(started));
    return started;
  }

  async close(): Promise<void> {
    const running = [...this.children];
    for (const child of running) child.kill();
    await Promise.all(running.map((child) => child.exit));
  }
}

/** Starts git from this process; for short-lived processes with little memory. */
export const directRunner = (): GitRunner => new DirectRunner();

const oldest = [2, 39];

/** The version of the git binary; throws when it is missing or too old. */
export async function requireGit(runner: GitRunner): Promise<string> {
  const { code, stdout } = await runner.run({ args: ['version'] });
  const version = /(\d+)\.(\d+)[^\s]*/.exec(stdout.toString('utf8'));
  if (code !== 0 || version === null)
    throw new GitError('git-failed', 'wikibot needs the git command line, 2.39 or newer.');
  const [major, minor] = [Number(version[1]), Number(version[2])];
  if (major < (oldest[0] ?? 0) || (major === oldest[0] && minor < (oldest[1] ?? 0))) {
    throw new GitError('git-failed', `wikibot needs git 2.39 or newer; this is ${version[0]}.`);
  }
  return version[0];
}
