import { join } from 'node:path';
import { Ancestry } from './ancestry.js';
import { insertByDate } from './commit.js';
import { bytesBelow } from './disk-size.js';
import { GitError } from './git-errors.js';
import { readMoves, type Move } from './moves.js';
import { Objects } from './object-reader.js';
import { ObjectStore } from './object-store.js';
import { isOid, type CommitInfo, type GitObject, type ObjectType, type Oid } from './objects.js';
import { packsToIndex } from './pack-list.js';
import { mainRef, readRef } from './refs.js';

/** One bare repository: everything that can be read of it. */
export class Repository extends Objects {
  readonly gitDir: string;
  readonly store: ObjectStore;
  private readonly ancestry = new Ancestry((oid) => this.commit(oid));

  /** `folder` holds repo.git, and beside it what mirrors the wiki's settings. */
  constructor(
    readonly id: string,
    readonly folder: string,
  ) {
    super();
    this.gitDir = join(folder, 'repo.git');
    this.store = new ObjectStore(join(this.gitDir, 'objects'));
  }

  /** The newest commit; null before the first. Never cached: another process may have moved it. */
  async tip(): Promise<Oid | null> {
    return readRef(this.gitDir, mainRef);
  }

  /** Recorded moves of `main`, oldest first; with `since`, those after it was the tip. */
  async moves(since: Oid | null = null): Promise<Move[]> {
    return readMoves(this.gitDir, since);
  }

  async object(oid: Oid, maxBytes?: number): Promise<GitObject> {
    const object = await this.store.read(oid, maxBytes);
    if (object === null) throw new GitError('object-missing', `Object ${oid} is missing.`);
    return object;
  }

  async header(oid: Oid): Promise<{ type: ObjectType; size: number }> {
    const header = await this.store.header(oid);
    if (header === null) throw new GitError('object-missing', `Object ${oid} is missing.`);
    return header;
  }

  /** The one commit of main's history whose id begins with these 7 to 40 hexadecimal digits; null when none or several. */
  async findCommit(prefix: string): Promise<Oid | null> {
    if (!/^[0-9a-f]{7,40}$/.test(prefix)) return null;
    const commits: Oid[] = [];
    for (const oid of await this.named(prefix)) {
      if ((await this.header(oid)).type === 'commit' && (await this.isReachable(oid))) commits.push(oid);
    }
    return commits.length === 1 ? (commits[0] ?? null) : null;
  }

  /** Objects whose ids begin so; a whole id is not looked for among others. */
  private async named(prefix: string): Promise<Oid[]> {
    if (!isOid(prefix)) return this.store.byPrefix(prefix, 64);
    return (await this.store.header(prefix)) === null ? [] : [prefix];
  }

  /** Commits from `from` on backwards, newest first; `until` and what it reaches are left out. */
  async *log(
    from: Oid,
    options: { until?: Oid | null; limit?: number; firstParent?: boolean } = {},
  ): AsyncGenerator<CommitInfo> {
    const hidden = options.until ? await this.reachable(options.until, from) : new Set<Oid>();
    const seen = new Set<Oid>([from]);
    const queue = hidden.has(from) ? [] : [await this.commit(from)];
    for (let given = 0; queue.length > 0 && given < (options.limit ?? Infinity); given += 1) {
      const next = queue.shift();
      if (next === undefined) return;
      yield next;
      for (const parent of options.firstParent ? next.parents.slice(0, 1) : next.parents) {
        if (seen.has(parent) || hidden.has(parent)) continue;
        seen.add(parent);
        insertByDate(queue, await this.commit(parent));
      }
    }
  }

  /** True when `older` is `newer` or one of its ancestors. */
  async isAncestor(older: Oid, newer: Oid): Promise<boolean> {
    if (older === newer) return true;
    if (newer === (await this.tip())) return this.ancestry.has(newer, older);
    return (await this.ancestors(newer)).has(older);
  }

  /** True when `main` leads to this commit: objects that no history names are nobody's to see. */
  async isReachable(commit: Oid): Promise<boolean> {
    const tip = await this.tip();
    return tip !== null && this.ancestry.has(tip, commit);
  }

  /** Packs whose index is gone or damaged; one that is arriving lacks it for a moment, too. */
  packsToIndex(): string[] {
    return packsToIndex(join(this.store.folder, 'pack'));
  }

  /** Bytes of all its files. */
  async size(): Promise<number> {
    return bytesBelow(this.gitDir);
  }

  close(): void {
    this.store.close();
  }

  /** What `until` reaches; on a straight line from `from` it is enough to know `until` itself. */
  private async reachable(until: Oid, from: Oid): Promise<Set<Oid>> {
    const straight = new Set<Oid>([until]);
    let here: Oid | undefined = from;
    while (here !== undefined && here !== until) {
      const { parents }: CommitInfo = await this.commit(here);
      // The line forks, or ends without having met `until`, which then may still reach some of it.
      // A commit that is gone, as after history was put back from elsewhere, reaches nothing that is here.
      if (parents.length !== 1) return (await this.store.header(until)) === null ? straight : this.ancestors(until);
      here = parents[0];
    }
    return straight;
  }

  private async ancestors(start: Oid): Promise<Set<Oid>> {
    const seen = new Set<Oid>([start]);
    const stack = [start];
    for (let oid = stack.pop(); oid !== undefined; oid = stack.pop()) {
      for (const parent of (await this.commit(oid)).parents) {
        if (!seen.has(parent)) stack.push(parent);
        seen.add(parent);
      }
    }
    return seen;
  }
}
