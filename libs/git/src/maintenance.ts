import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { GitRunner } from './git-command.js';
import { GitError } from './git-errors.js';
import { recover } from './recovery.js';
import type { Repository } from './repository.js';
import { whileTidying } from './tidying-lock.js';

/** What a repository held and what was done about it. */
export interface MaintenanceReport {
  looseBefore: number;
  packsBefore: number;
  did: ('nothing' | 'geometric' | 'full')[];
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
    const due = packsBefore >= manyPacks ? 'full' : looseBefore >= manyLoose || force ? 'geometric' : 'nothing';
    // Whoever else tidies it at this moment does what is to be done; if not, the next write asks again.
    const done = due === 'nothing' ? null : await whileTidying(repository.gitDir, () => this.pack(repository, due));
    return { looseBefore, packsBefore, did: [done ?? 'nothing'], ms: performance.now() - started };
  }

  private async pack<T extends 'full' | 'geometric'>(repository: Repository, how: T): Promise<T> {
    // Objects that no ref names go to a pack of their own: one may be in the middle of becoming part of main.
    const full = ['repack', '--cruft', '-dbq'];
    const geometric = ['repack', '--geometric=2', '-dq', '--write-midx', '--write-bitmap-index'];
    await this.git(repository, how === 'full' ? full : geometric);
    await this.git(repository, ['commit-graph', 'write', '--reachable', '--changed-paths', '--split']);
    return how;
  }

  private async git(repository: Repository, args: string[]): Promise<void> {
    const { code, stderr } = await this.runner.run({ args, gitDir: repository.gitDir, timeoutMs: repackMs });
    if (code !== 0) throw new GitError('git-failed', `git ${args[0]} failed: ${stderr.slice(0, 300)}`);
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
