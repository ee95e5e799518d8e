import { corrupt } from './git-errors.js';
import { treeMode, type Oid, type TreeChange } from './objects.js';
import { fromBytesName, type Entry } from './tree.js';

type ReadTree = (oid: Oid) => Promise<Entry[]>;
const maxDepth = 4096;

/** Collects the files in which two trees differ; equal subtrees are skipped by their id alone. */
export async function diffEntries(
  read: ReadTree,
  before: Oid | null,
  after: Oid | null,
  changes: TreeChange[],
  prefix = '',
): Promise<void> {
  if (before === after) return;
  if (prefix.length > maxDepth * 256) throw corrupt('a tree nested too deeply');
  const older = before === null ? [] : await read(before);
  const newer = after === null ? [] : await read(after);
  const names = new Map<string, { was: Entry | null; is: Entry | null }>();
  for (const entry of older) names.set(entry.name, { was: entry, is: null });
  for (const entry of newer) {
    const pair = names.get(entry.name);
    if (pair === undefined) names.set(entry.name, { was: null, is: entry });
    else pair.is = entry;
  }
  for (const name of [...names.keys()].sort()) {
    const pair = names.get(name);
    if (pair !== undefined) await diffPair(read, pair.was, pair.is, changes, prefix + fromBytesName(name));
  }
}

async function diffPair(read: ReadTree, was: Entry | null, is: Entry | null, changes: TreeChange[], path: string) {
  if (was !== null && is !== null && was.oid === is.oid && was.mode === is.mode) return;
  const [wasTree, isTree] = [treeOf(was), treeOf(is)];
  if (wasTree !== null || isTree !== null) await diffEntries(read, wasTree, isTree, changes, `${path}/`);
  const [before, after] = [fileOf(was), fileOf(is)];
  if (before !== null || after !== null) changes.push({ path, before, after });
}

const treeOf = (entry: Entry | null): Oid | null => (entry?.mode === treeMode ? entry.oid : null);
const fileOf = (entry: Entry | null) =>
  entry === null || entry.mode === treeMode ? null : { oid: entry.oid, mode: entry.mode };
