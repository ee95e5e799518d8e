import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../../..');

/** How a process ended: its exit code, or the signal that ended it. */
interface End {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A built program as a process of its own. */
export interface BuiltProcess {
  child: ChildProcess;
  /** All it wrote so far, on both streams. */
  output(): string;
  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<End>;
}

/** A server, as a person starts it. */
export interface ServerProcess extends BuiltProcess {
  url: string;
}

/** Starts `wikibot serve` on a free port and waits until it says where it listens. */
export async function startServerProcess(variables: Record<string, string>): Promise<ServerProcess> {
  const args = [join(root, 'bin/wikibot.mjs'), 'serve'];
  const { said, ...server } = await start(args, { PORT: '0', ...variables }, /listening on (\S+)\)/);
  return { ...server, url: said };
}

/** Starts the program that `npm start` runs, which is bundled, and waits until it says where it listens. */
export async function startBuiltServer(variables: Record<string, string>): Promise<ServerProcess> {
  const args = [join(root, 'dist/api/apps/api/src/main.js')];
  const { said, ...server } = await start(args, { PORT: '0', ...variables }, /listening on (\S+)\)/);
  return { ...server, url: said };
}

/** Starts a process that works jobs off and waits until it says that it does. */
export async function startWorkerProcess(variables: Record<string, string>): Promise<BuiltProcess> {
  return start([join(root, 'dist/api/apps/api/src/worker.js')], variables, /(working off jobs)/);
}

async function start(
  args: string[],
  variables: Record<string, string>,
  awaited: RegExp,
): Promise<BuiltProcess & { said: string }> {
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal }));
  let text = '';
  const said = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      text += chunk.toString('utf8');
      const found = awaited.exec(text);
      if (found?.[1] !== undefined) resolve(found[1]);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    void ended.then(({ code }) => reject(new Error(`The process ended with ${code} before it ran: ${text}`)));
  });
  return {
    said,
    child,
    output: () => text,
    end: async (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}
