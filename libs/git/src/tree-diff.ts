import { corrupt } from './git-errors.js';
import { treeMode, type Oid, type TreeChange } from './objects.js';
import { fromBytesName, sortKey, type Entry } from './tree.js';
import { maxTreeDepth, type WalkBudget } from './walk-budget.js';

interface Pair {
  was: Entry | null;
  is: Entry | null;
}

/** Collects the files in which two trees differ, in git's order; equal subtrees are skipped by their id alone. */
export class TreeDiff {
  readonly changes: TreeChange[] = [];

  constructor(
    private readonly read: (oid: Oid) => Promise<readonly Entry[]>,
    private readonly budget: WalkBudget,
  ) {}

  async compare(before: Oid | null, after: Oid | null, folders: string[] = []): Promise<void> {
    if (before === after) return;
    if (folders.length > maxTreeDepth) throw corrupt(`a tree nested deeper than ${maxTreeDepth} levels`);
    const older = before === null ? [] : await this.read(before);
    const newer = after === null ? [] : await this.read(after);
    this.budget.spend(Math.max(older.length, newer.length));
    const pairs = paired(...differing(older, newer));
    for (const key of [...pairs.keys()].sort()) {
      const { was, is } = pairs.get(key) ?? { was: null, is: null };
      if (was !== null && is !== null && isSame(was, is)) continue;
      await this.record({ was, is }, [...folders, fromBytesName((was ?? is)?.name ?? '')]);
    }
  }

  private async record({ was, is }: Pair, path: string[]): Promise<void> {
    const [wasTree, isTree] = [treeOf(was), treeOf(is)];
    if (wasTree !== null || isTree !== null) await this.compare(wasTree, isTree, path);
    const [before, after] = [fileOf(was), fileOf(is)];
    if (before !== null || after !== null) this.changes.push({ path: path.join('/'), before, after });
  }
}

/** Both without what they begin and end with alike: of a large folder, a change leaves next to nothing to compare. */
function differing(older: readonly Entry[], newer: readonly Entry[]): [readonly Entry[], readonly Entry[]] {
  let start = 0;
  while (start < older.length && isSame(older[start], newer[start])) start += 1;
  let [olderEnd, newerEnd] = [older.length, newer.length];
  while (olderEnd > start && newerEnd > start && isSame(older[olderEnd - 1], newer[newerEnd - 1])) {
    olderEnd -= 1;
    newerEnd -= 1;
  }
  return [older.slice(start, olderEnd), newer.slice(start, newerEnd)];
}

const isSame = (a: Entry | undefined, b: Entry | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && a.oid === b.oid && a.name === b.name && a.mode === b.mode);

/** A file and a folder of the same name are two things, as they are to git. */
function paired(older: readonly Entry[], newer: readonly Entry[]): Map<string, Pair> {
  const pairs = new Map<string, Pair>();
  for (const entry of older) pairs.set(sortKey(entry), { was: entry, is: null });
  for (const entry of newer) {
    const pair = pairs.get(sortKey(entry));
    if (pair === undefined) pairs.set(sortKey(entry), { was: null, is: entry });
    else pair.is = entry;
  }
  return pairs;
}

const treeOf = (entry: Entry | null): Oid | null => (entry?.mode === treeMode ? entry.oid : null);
const fileOf = (entry: Entry | null) =>
  entry === null || entry.mode === treeMode ? null : { oid: entry.oid, mode: entry.mode };
