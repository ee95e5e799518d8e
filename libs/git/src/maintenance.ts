import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { GitRunner } from './git-command.js';
import { GitError } from './git-errors.js';
import { recover } from './recovery.js';
import { listPacks, RedundantObjects } from './redundant-objects.js';
import type { Repository } from './repository.js';
import { whileTidying } from './tidying-lock.js';

/** What a repository held and what was done about it. */
export interface MaintenanceReport {
  looseBefore: number;
  packsBefore: number;
  did: 'nothing' | 'packed';
  ms: number;
}

// Reads hardly care about loose objects; clones take twice as long after some two thousand of them.
const manyLoose = 1_000;
const manyPacks = 8;
const repackMs = 20 * 60_000;

/** Keeps repositories quick to clone: packs what has gathered, one repository at a time. */
export class Maintenance {
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly runner: GitRunner) {}

  /** Packs a repository when it needs it, or always when `force` is set. */
  tidy(repository: Repository, options: { force?: boolean } = {}): Promise<MaintenanceReport> {
    const mine = this.last.then(() => this.work(repository, options.force ?? false));
    this.last = mine.catch(() => {});
    return mine;
  }

  private async work(repository: Repository, force: boolean): Promise<MaintenanceReport> {
    const started = performance.now();
    recover(repository.gitDir);
    const [looseBefore, packsBefore] = [countLoose(repository.gitDir), countPacks(repository.gitDir)];
    const isDue = force || packsBefore >= manyPacks || looseBefore >= manyLoose;
    // Whoever else tidies it at this moment does what is to be done; if not, the next write asks again.
    const packed = isDue ? await whileTidying(repository.gitDir, () => this.pack(repository)) : null;
    return { looseBefore, packsBefore, did: packed === null ? 'nothing' : 'packed', ms: performance.now() - started };
  }

  private async pack(repository: Repository): Promise<true> {
    const objects = join(repository.gitDir, 'objects');
    const old = new Set(listPacks(objects));
    // Each pack holds at least twice as much as the next smaller one: few packs, and little is packed again and again.
    await this.git(repository, ['repack', '--geometric=2', '-q']);
    const redundant = await RedundantObjects.find(objects, old);
    // Before anything is removed, so that no list of packs names one that is gone.
    if (redundant.staying.length > 0) await this.list(repository, redundant.staying);
    await redundant.remove();
    await this.git(repository, ['commit-graph', 'write', '--reachable', '--changed-paths']);
    return true;
  }

  /** Writes one list of what these packs hold, and who reaches what, which makes clones quick. */
  private async list(repository: Repository, packs: string[]): Promise<void> {
    const input = () => Readable.from([packs.map((name) => `${name}.idx\n`).join('')]);
    const write = ['multi-pack-index', 'write', '--stdin-packs'];
    const { code } = await this.run(repository, [...write, '--bitmap'], input());
    // A push that came in the middle may build on what is not packed yet; then the list has to do.
    if (code !== 0) await this.git(repository, write, input());
  }

  private async git(repository: Repository, args: string[], input?: Readable): Promise<void> {
    const { code, stderr } = await this.run(repository, args, input);
    if (code !== 0) throw new GitError('git-failed', `git ${args[0]} failed: ${stderr.slice(0, 300)}`);
  }

  private run({ gitDir }: Repository, args: string[], input?: Readable) {
    return this.runner.run({ args, gitDir, timeoutMs: repackMs, ...(input === undefined ? {} : { input }) });
  }
}

/** About how many loose objects there are, from one of the 256 folders, as git itself estimates it. */
function countLoose(gitDir: string): number {
  const objects = join(gitDir, 'objects');
  const folders = ['17', '5a', 'a3', 'e0'];
  return folders.reduce((sum, folder) => sum + countFiles(join(objects, folder)), 0) * (256 / folders.length);
}

const countPacks = (gitDir: string): number =>
  listFiles(join(gitDir, 'objects', 'pack')).filter((name) => name.endsWith('.pack')).length;

const countFiles = (folder: string): number => listFiles(folder).length;

function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
