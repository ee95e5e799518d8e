import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const program = join(import.meta.dirname, '../../../../bin/wikibot.mjs');

/** How a process ended: its exit code, or the signal that ended it. */
interface End {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A server of a process of its own, built, as a person starts it. */
export interface ServerProcess {
  url: string;
  child: ChildProcess;
  /** All it wrote so far, on both streams. */
  output(): string;
  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<End>;
}

/** Starts `wikibot serve` on a free port and waits until it says where it listens. */
export async function startServerProcess(variables: Record<string, string>): Promise<ServerProcess> {
  const child = spawn(process.execPath, [program, 'serve'], {
    env: { PATH: process.env.PATH, PORT: '0', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal }));
  let text = '';
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      text += chunk.toString('utf8');
      const said = /listening on (\S+)\)/.exec(text);
      if (said?.[1] !== undefined) resolve(said[1]);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    void ended.then(({ code }) => reject(new Error(`The server ended with ${code} before it listened: ${text}`)));
  });
  return {
    url,
    child,
    output: () => text,
    end: async (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}
