// Imports nothing of the product, so that the broker, which is made of this, stays small.
import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

export interface Start {
  args: string[];
  env: Record<string, string>;
  cwd: string;
  memoryBytes?: number | undefined;
  fileBytes?: number | undefined;
}

export interface Child {
  stdin: Writable;
  stdout: Readable;
  stderr: Readable;
  /** The exit code; -1 when it was killed, 127 when it could not be started. */
  exit: Promise<number>;
  kill(): void;
}

/** How long a child has to clean up after itself before it is made to end. */
const graceMs = 3_000;

/** Starts git in a process group of its own, so that what git itself starts dies with it. */
export function startChild({ args, env, cwd, ...limits }: Start): Child {
  const [program, ...words] = limited(args, limits);
  const child = spawn(program, words, { env, cwd, detached: true, stdio: 'pipe' });
  const signal = (name: NodeJS.Signals) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, name);
    } catch {
      // The whole group is gone already.
    }
  };
  let insisting: NodeJS.Timeout | undefined;
  const exit = new Promise<number>((resolve) => {
    child.on('error', () => resolve(127));
    child.on('close', (code) => resolve(code ?? -1));
  });
  void exit.then(() => clearTimeout(insisting));
  const kill = () => {
    if (insisting !== undefined || child.exitCode !== null || child.signalCode !== null) return;
    signal('SIGTERM');
    insisting = setTimeout(() => signal('SIGKILL'), graceMs);
  };
  return { stdin: child.stdin, stdout: child.stdout, stderr: child.stderr, exit, kill };
}

/** A shell sets the limits and becomes git; systems without such limits go without. */
function limited(
  args: string[],
  { memoryBytes, fileBytes }: Pick<Start, 'memoryBytes' | 'fileBytes'>,
): [string, ...string[]] {
  const limits: string[] = [];
  if (memoryBytes !== undefined) limits.push(`ulimit -v ${Math.floor(memoryBytes / 1024)} 2>/dev/null;`);
  if (fileBytes !== undefined) limits.push(`ulimit -f ${Math.ceil(fileBytes / 512)} 2>/dev/null;`);
  if (limits.length === 0) return ['git', ...args];
  return ['/bin/sh', '-c', `${limits.join(' ')} exec git "$@"`, 'git', ...args];
}
