import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aPlainCommandLine } from '../../apps/api/test/kit/command-line.js';
import { type ServerProcess, startServerProcess } from '../../apps/api/test/kit/server-process.js';
import type { Kill } from './kill-plan.js';
import { below, childrenOf, killNow } from './processes.js';

/** Built servers on one data folder with its embedded PostgreSQL, as `npm start` gives them. */
export class Servers {
  private running: (ServerProcess | null)[];

  private constructor(
    private readonly line: Awaited<ReturnType<typeof aPlainCommandLine>>,
    private readonly settings: Record<string, string>,
    count: number,
  ) {
    this.running = Array.from({ length: count }, () => null);
  }

  static async create(count: number): Promise<Servers> {
    // Node keeps what it compiled when a process ends in order, so one does that first: it halves the many starts.
    const line = await aPlainCommandLine({ LOG_LEVEL: 'warn' });
    const settings = { ...line.settings, NODE_COMPILE_CACHE: join(line.folder, 'compiled') };
    await (await startServerProcess(settings)).end('SIGTERM');
    const servers = new Servers(line, settings, count);
    await servers.startMissing();
    return servers;
  }

  get dataDir(): string {
    return this.line.settings.DATA_DIR;
  }

  get databaseUrl(): string {
    const [password, port] = ['password', 'port'].map((name) => readFileSync(join(this.dataDir, `db.${name}`), 'utf8'));
    return `postgres://postgres:${password?.trim()}@127.0.0.1:${port?.trim()}/wikibot`;
  }

  /** Runs a command beside the servers; its answer is JSON. */
  async command(...args: string[]): Promise<Record<string, string>> {
    const { code, stdout, stderr } = await this.line.run(['--json', ...args], { variables: this.settings });
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${stderr}${stdout}`);
    return JSON.parse(stdout) as Record<string, string>;
  }

  /** Where a server listens; another one when the wanted one is dead. */
  url(wanted: number): string {
    const alive = this.running[wanted] ?? this.running.find((server) => server !== null);
    return alive?.url ?? 'http://127.0.0.1:1';
  }

  /** True when a server was started, which takes as long as it takes. */
  async startMissing(): Promise<boolean> {
    const missing = this.running.flatMap((server, index) => (server === null ? [index] : []));
    const started = await Promise.all(missing.map(() => startServerProcess(this.settings)));
    missing.forEach((index, at) => (this.running[index] = started[at] ?? null));
    return missing.length > 0;
  }

  /** Kills what the plan says; false when there was nothing of that kind to kill. */
  async kill({ victim, server, round }: Kill): Promise<boolean> {
    const target = this.running[server];
    if (target === null || target === undefined) return false;
    const pid = target.child.pid ?? 0;
    switch (victim) {
      case 'server':
        return this.end(server);
      case 'machine':
        // The eldest first, so that nobody is left to tidy up after those below.
        for (const one of this.pids.flatMap((one) => [one, ...below(one)])) killNow(one);
        killNow(this.postmaster);
        await Promise.all(this.running.map((_, index) => this.end(index)));
        return true;
      case 'postgres':
        return killNow(this.postmaster);
      case 'backend': {
        const { postmaster } = this;
        if (postmaster === null) return false;
        const backends = below(postmaster, /^postgres: postgres wikibot/);
        return killNow(backends[round % backends.length]);
      }
      case 'broker':
        return killNow(below(pid, /broker-main/)[0]);
      case 'git':
        return killNow(await someGit(pid));
    }
  }

  async close(): Promise<void> {
    for (const server of this.running) await server?.end('SIGTERM');
    await this.line.remove();
  }

  /** What the servers wrote to their log. */
  said(): string {
    return this.running.map((server) => server?.output() ?? '').join('\n');
  }

  private async end(index: number): Promise<boolean> {
    const server = this.running[index] ?? null;
    this.running[index] = null;
    await server?.end('SIGKILL');
    return server !== null;
  }

  private get pids(): number[] {
    return this.running.flatMap((server) => server?.child.pid ?? []);
  }

  /** Null while there is none: it may be about to come back. */
  private get postmaster(): number | null {
    const file = join(this.dataDir, 'db/postmaster.pid');
    return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : null;
  }
}

/** A git child of a server; they live for milliseconds, so it is looked for until there is one. */
async function someGit(server: number): Promise<number | null> {
  const [broker = 0] = below(server, /broker-main/);
  const deadline = performance.now() + 5_000;
  while (performance.now() < deadline) {
    const [git] = childrenOf(broker);
    if (git !== undefined) return git;
    await new Promise(setImmediate);
  }
  return null;
}
