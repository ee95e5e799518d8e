import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LRUCache } from 'lru-cache';
import { syncFolder, writeDurably } from './durable.js';
import type { OnGitEvent } from './git-events.js';
import { GitError } from './git-errors.js';
import { dropLostMoves } from './lost-moves.js';
import { recover, type RecoveryReport } from './recovery.js';
import { Repository } from './repository.js';

const idPattern = /^[0-9a-f-]{8,64}$/;
const openAtOnce = 512;
const idleMs = 10 * 60_000;

// What git does with this repository when it is run on it: everything durable, nothing automatic, nothing foreign.
const config = `[core]
\trepositoryformatversion = 0
\tfilemode = true
\tbare = true
\tfsync = all
\tlogAllRefUpdates = always
\thooksPath = /dev/null
[gc]
\tauto = 0
\treflogExpire = never
\treflogExpireUnreachable = never
[receive]
\tautogc = false
[transfer]
\tfsckObjects = true
[pack]
\tthreads = 1
`;

/** The repositories of one data folder, each at `{root}/{id}/repo.git`. */
export class Repositories {
  private readonly root: string;
  private readonly emit: OnGitEvent;
  private readonly opened: LRUCache<string, Repository>;

  constructor(options: { root: string; onEvent?: OnGitEvent }) {
    this.root = options.root;
    this.emit = options.onEvent ?? (() => {});
    this.opened = new LRUCache({ max: openAtOnce, ttl: idleMs, updateAgeOnGet: true, dispose: (gone) => gone.close() });
  }

  folderOf(id: string): string {
    if (!idPattern.test(id)) throw new GitError('repository-missing', 'There is no such repository.');
    return join(this.root, id);
  }

  async exists(id: string): Promise<boolean> {
    return existsSync(join(this.folderOf(id), 'repo.git', 'HEAD'));
  }

  /** Creates an empty bare repository; it appears whole or not at all. */
  async create(id: string): Promise<Repository> {
    const started = performance.now();
    const folder = this.folderOf(id);
    const target = join(folder, 'repo.git');
    const building = join(folder, `building-${randomBytes(6).toString('hex')}`);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await layOut(building);
    try {
      await rename(building, target);
    } catch {
      await rm(building, { recursive: true, force: true });
      throw new GitError('path-clash', 'This repository exists already.');
    }
    await syncFolder(folder);
    await syncFolder(this.root);
    // The root may be as new as its first repository.
    await syncFolder(dirname(this.root));
    this.emit({ name: 'git.create', repository: id, ms: performance.now() - started, cold: true });
    return this.open(id);
  }

  /** The open handle of a repository; the first open heals what a crash left behind. */
  async open(id: string): Promise<Repository> {
    const known = this.opened.get(id);
    if (known !== undefined) return known;
    const started = performance.now();
    if (!(await this.exists(id))) throw new GitError('repository-missing', 'There is no such repository.');
    const repository = new Repository(id, this.folderOf(id));
    await this.heal(repository);
    // Two openers at once: the one that got there first is kept.
    const other = this.opened.get(id);
    if (other !== undefined) {
      repository.close();
      return other;
    }
    this.opened.set(id, repository);
    this.emit({ name: 'git.open', repository: id, ms: performance.now() - started, cold: true });
    return repository;
  }

  async recover(id: string): Promise<RecoveryReport> {
    return recover(join(this.folderOf(id), 'repo.git'));
  }

  private async heal({ id, gitDir }: Repository): Promise<void> {
    const started = performance.now();
    const { staleLocks, temporaryFiles } = recover(gitDir);
    // Somebody who holds the lock changes the wiki, so it can be read; their next opening looks again.
    const hadLostMoves = await dropLostMoves(gitDir).catch(notWhileBusy);
    if (staleLocks + temporaryFiles === 0 && !hadLostMoves) return;
    this.emit({ name: 'git.recover', repository: id, ms: performance.now() - started, cold: true });
  }

  /** Takes a repository out of sight at once, then erases it. */
  async remove(id: string): Promise<void> {
    const folder = this.folderOf(id);
    this.opened.delete(id);
    const aside = join(this.root, `.removed-${id}-${randomBytes(6).toString('hex')}`);
    try {
      await rename(folder, aside);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      throw error;
    }
    await syncFolder(this.root);
    await rm(aside, { recursive: true, force: true });
  }

  async ids(): Promise<string[]> {
    const names = await readdir(this.root).catch(() => []);
    return names.filter((name) => idPattern.test(name)).sort();
  }

  async close(): Promise<void> {
    this.opened.clear();
  }
}

function notWhileBusy(error: unknown): false {
  if (error instanceof GitError && error.code === 'busy') return false;
  throw error;
}

async function layOut(gitDir: string): Promise<void> {
  const asNew = { mode: 0o644, isNew: true };
  const folders = [
    'refs/heads',
    'refs/tags',
    'objects/pack',
    'objects/info',
    'info',
    'logs/refs/heads',
    'wikibot-locks',
  ];
  for (const folder of folders) await mkdir(join(gitDir, folder), { recursive: true, mode: 0o700 });
  const files = [
    { file: join(gitDir, 'HEAD'), bytes: Buffer.from('ref: refs/heads/main\n') },
    { file: join(gitDir, 'config'), bytes: Buffer.from(config) },
  ];
  await writeDurably(files, asNew);
  for (const folder of ['', 'refs', 'refs/heads', 'objects', 'logs', 'logs/refs'])
    await syncFolder(join(gitDir, folder));
}
