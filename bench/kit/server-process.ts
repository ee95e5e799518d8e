import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { builtApi } from './built.ts';
import { commandOf, family, pssMb } from './machine.ts';

const run = promisify(execFile);
const listening = /listening on (\S+?)\)?\s/;

/** A server in a process of its own, with its embedded database, as a person starts it. */
export class ServerProcess {
  readonly child: ChildProcess;
  readonly url: string;
  readonly dataDir: string;
  private readonly env: NodeJS.ProcessEnv;

  private constructor(child: ChildProcess, given: { url: string; dataDir: string; env: NodeJS.ProcessEnv }) {
    this.child = child;
    this.url = given.url;
    this.dataDir = given.dataDir;
    this.env = given.env;
  }

  /** Starts the built server, or another program that announces itself like it, on a data folder. */
  static async start(
    dataDir: string,
    program = join(builtApi, 'apps/api/src/main.js'),
    variables: Record<string, string> = {},
  ): Promise<ServerProcess> {
    const env = { PATH: process.env.PATH, PORT: '0', DATA_DIR: dataDir, ...variables };
    const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout.on('data', (chunk: Buffer) => {
        // Its log is written as in production, and read, and let go.
        said = `${said}${chunk.toString('utf8')}`.slice(-4096);
        const at = listening.exec(said)?.[1];
        if (at !== undefined) resolve(at);
      });
      child.once('close', (code) => reject(new Error(`The server ended with ${code}: ${said}`)));
    });
    return new ServerProcess(child, { url, dataDir, env });
  }

  /** Runs `wikibot … --json` on the data folder of this server. */
  async command<T>(...args: string[]): Promise<T> {
    const program = join(builtApi, 'apps/api/src/cli/main.js');
    const { stdout } = await run(process.execPath, [program, '--json', ...args], { env: this.env, maxBuffer: 1 << 26 });
    return JSON.parse(stdout) as T;
  }

  /** Memory of all processes of ours but PostgreSQL, in MB (PSS). */
  memoryMb(): number {
    const ours = family(this.child.pid ?? 0).filter((pid) => !/postgres/.test(commandOf(pid)));
    return ours.reduce((sum, pid) => sum + pssMb(pid), 0);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    this.child.kill('SIGTERM');
    await once(this.child, 'close');
  }
}
