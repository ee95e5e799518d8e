import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { allowedSubcommands, gitEnvironment } from './git-command.js';
import type { GitChild, GitCommand, GitResult, GitRunner } from './git-command.js';
import { GitError } from './git-errors.js';
import { startChild } from './git-child.js';

const defaultTimeoutMs = 25_000;
const defaultMaxBytes = 64 << 20;
const maxErrorBytes = 1 << 20;
const programs = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/homebrew/bin';

/** What is left to say of a command once somebody can start children. */
export abstract class Runner implements GitRunner {
  protected abstract launch(command: GitCommand, env: Record<string, string>): GitChild;
  abstract close(): Promise<void>;

  start(command: GitCommand): GitChild {
    const [subcommand = ''] = command.args;
    if (!allowedSubcommands.includes(subcommand)) throw new GitError('git-failed', `git ${subcommand} is not allowed.`);
    const child = this.launch(command, gitEnvironment(command, programs));
    // git may stop reading before the end (a refused pack); its exit code tells, not the broken pipe.
    child.stdin.on('error', () => {});
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
      const [stdout, stderr, code] = await Promise.all([
        collect(child.stdout, command.maxBytes ?? defaultMaxBytes, child),
        collect(child.stderr, maxErrorBytes, child),
        child.exit,
        // A git that has ended reads no more, however much there still is.
        Promise.race([feed(child, command.input), child.exit]),
      ]);
      if (late) throw new GitError('timed-out', `git ${command.args[0]} took too long.`);
      return { code, stdout, stderr: stderr.toString('utf8') };
    } finally {
      clearTimeout(timer);
      if (command.input instanceof Readable) command.input.destroy();
    }
  }
}

async function feed(child: GitChild, input: Buffer | Readable | undefined): Promise<void> {
  if (input === undefined || Buffer.isBuffer(input)) {
    child.stdin.end(input);
    return;
  }
  // A source that breaks off must not look to git like the end of what it was sent.
  await pipeline(input, child.stdin).catch(() => {
    if (input.errored) child.kill();
  });
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
    const started = startChild({
      args: command.args,
      env,
      cwd: command.cwd ?? '/',
      memoryBytes: command.memoryBytes,
      fileBytes: command.fileBytes,
    });
    const pour = async (into: Writable) => {
      await pipeline(started.stdout, into, { end: false });
      return started.exit;
    };
    const child = { ...started, pour };
    this.children.add(child);
    void child.exit.finally(() => this.children.delete(child));
    return child;
  }

  async close(): Promise<void> {
    const running = [...this.children];
    for (const child of running) child.kill();
    await Promise.all(running.map((child) => child.exit));
  }
}

/** Starts git from this process; for short-lived processes with little memory. */
export const directRunner = (): GitRunner => new DirectRunner();

const oldest = { major: 2, minor: 39 };

/** The version of the git binary; throws when it is missing or too old. */
export async function requireGit(runner: GitRunner): Promise<string> {
  const needed = `wikibot needs the git command line, ${oldest.major}.${oldest.minor} or newer`;
  const { code, stdout } = await runner.run({ args: ['version'] });
  const version = /(\d+)\.(\d+)\S*/.exec(stdout.toString('utf8'));
  if (code !== 0 || version === null) throw new GitError('git-failed', `${needed}; none was found.`);
  const [major, minor] = [Number(version[1]), Number(version[2])];
  if (major < oldest.major || (major === oldest.major && minor < oldest.minor)) {
    throw new GitError('git-failed', `${needed}; this is ${version[0]}.`);
  }
  return version[0];
}
