import { LRUCache } from 'lru-cache';
import { parseCommit } from './commit.js';
import { corrupt } from './git-errors.js';
import {
  treeMode,
  type CommitInfo,
  type GitObject,
  type ObjectType,
  type Oid,
  type TreeChange,
  type TreeItem,
} from './objects.js';
import { fromBytesName, parseTree, toBytesName, type Entry } from './tree.js';
import { TreeDiff } from './tree-diff.js';
import { maxTreeDepth, WalkBudget } from './walk-budget.js';

/** Reads of one consistent set of objects: a repository, a snapshot being written, or a push in quarantine. */
export interface ObjectReader {
  commit(oid: Oid): Promise<CommitInfo>;
  /** Throws `too-large` before inflating when the blob is bigger than `maxBytes`. */
  blob(oid: Oid, maxBytes?: number): Promise<Buffer>;
  blobSize(oid: Oid): Promise<number>;
  /** What a commit has at a path; null when nothing. */
  entry(commit: Oid, path: string): Promise<TreeItem | null>;
  /** Every file below a folder ('' is the root), recursively, in git's order, with whole paths. */
  walk(commit: Oid, under?: string, maxVisits?: number): Promise<TreeItem[]>;
  /** One level of a folder, folders included. */
  children(commit: Oid, path: string): Promise<TreeItem[]>;
  /** Files that differ between two commits; null stands for the empty tree. Renames are an addition and a removal. */
  diff(before: Oid | null, after: Oid, budget?: WalkBudget): Promise<TreeChange[]>;
}

/** Files and folders a walk looks at unless told otherwise. */
const defaultVisits = 2_000_000;
// Trees are immutable, so a parsed one never goes stale; the key is the content's own hash.
const parsedTrees = new LRUCache<Oid, readonly Entry[]>({
  maxSize: 200_000,
  sizeCalculation: (entries) => entries.length + 1,
});

/** Everything that can be read once single objects can. */
export abstract class Objects implements ObjectReader {
  abstract object(oid: Oid, maxBytes?: number): Promise<GitObject>;
  abstract header(oid: Oid): Promise<{ type: ObjectType; size: number }>;

  async commit(oid: Oid): Promise<CommitInfo> {
    return parseCommit(oid, await this.typed(oid, 'commit'));
  }

  blob(oid: Oid, maxBytes?: number): Promise<Buffer> {
    return this.typed(oid, 'blob', maxBytes);
  }

  async blobSize(oid: Oid): Promise<number> {
    return (await this.header(oid)).size;
  }

  async tree(oid: Oid): Promise<readonly Entry[]> {
    const known = parsedTrees.get(oid);
    if (known !== undefined) return known;
    const entries = parseTree(oid, await this.typed(oid, 'tree'));
    parsedTrees.set(oid, entries);
    return entries;
  }

  /** Keeps the entries of a tree that was made of them, so that nobody has to read it. */
  protected known(tree: Oid, entries: readonly Entry[]): Oid {
    parsedTrees.set(tree, entries);
    return tree;
  }

  async entry(commit: Oid, path: string): Promise<TreeItem | null> {
    const { tree } = await this.commit(commit);
    const found = await this.find(tree, path);
    return found === null ? null : { path, mode: found.mode, oid: found.oid };
  }

  /** Follows a path from a tree; null when nothing is there. */
  async find(root: Oid, path: string): Promise<Entry | null> {
    let here: Entry = { mode: treeMode, name: '', oid: root };
    if (path === '') return here;
    for (const segment of toBytesName(path).split('/')) {
      if (here.mode !== treeMode) return null;
      const next = (await this.tree(here.oid)).find((entry) => entry.name === segment);
      if (next === undefined) return null;
      here = next;
    }
    return here;
  }

  async children(commit: Oid, path: string): Promise<TreeItem[]> {
    const found = await this.find((await this.commit(commit)).tree, path);
    if (found === null || found.mode !== treeMode) return [];
    const prefix = path === '' ? '' : `${path}/`;
    const entries = await this.tree(found.oid);
    return entries.map(({ name, mode, oid }) => ({ path: prefix + fromBytesName(name), mode, oid }));
  }

  async walk(commit: Oid, under = '', maxVisits = defaultVisits): Promise<TreeItem[]> {
    const found = await this.find((await this.commit(commit)).tree, under);
    if (found === null) return [];
    if (found.mode !== treeMode) return [{ path: under, mode: found.mode, oid: found.oid }];
    const items: TreeItem[] = [];
    await this.collect(found.oid, under === '' ? [] : under.split('/'), { items, budget: new WalkBudget(maxVisits) });
    return items;
  }

  private async collect(tree: Oid, folders: string[], found: { items: TreeItem[]; budget: WalkBudget }) {
    if (folders.length > maxTreeDepth) throw corrupt(`a tree nested deeper than ${maxTreeDepth} levels`);
    const entries = await this.tree(tree);
    found.budget.spend(entries.length);
    for (const { name, mode, oid } of entries) {
      const path = [...folders, fromBytesName(name)];
      if (mode === treeMode) await this.collect(oid, path, found);
      else found.items.push({ path: path.join('/'), mode, oid });
    }
  }

  async diff(before: Oid | null, after: Oid, budget = new WalkBudget(defaultVisits)): Promise<TreeChange[]> {
    const older = before === null ? null : (await this.commit(before)).tree;
    const diff = new TreeDiff((oid) => this.tree(oid), budget);
    await diff.compare(older, (await this.commit(after)).tree);
    return diff.changes;
  }

  private async typed(oid: Oid, type: ObjectType, maxBytes?: number): Promise<Buffer> {
    const object = await this.object(oid, maxBytes);
    if (object.type !== type) throw corrupt(`${oid} is a ${object.type}, not a ${type}`);
    return object.bytes;
  }
}
