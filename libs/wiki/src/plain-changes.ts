import type { Oid, TreeChange } from '@lib/git';
import { storable } from '@lib/markdown';

/** A file that came (`before` is null), changed, or went (`after` is null). */
export interface PlainChange {
  path: string;
  before: Oid | null;
  after: Oid | null;
}

// What an index of the database can hold; only an import can bring longer ones, and no address reaches them.
const longestPathBytes = 1_500;
const modes = new Set(['100644', '100755']);

/** The changes of files alone: links to files and to other repositories are nothing to a wiki. */
export function plainChanges(changes: readonly TreeChange[]): PlainChange[] {
  // Two names that are not UTF-8 may look the same once they are text; the first is kept.
  const found = new Map<string, PlainChange>();
  for (const change of changes) {
    const [before, after] = [blobOf(change.before), blobOf(change.after)];
    const path = storable(change.path);
    if ((before === null && after === null) || Buffer.byteLength(path) > longestPathBytes || found.has(path)) continue;
    found.set(path, { path, before, after });
  }
  return [...found.values()];
}

const blobOf = (side: TreeChange['before']): Oid | null => (side !== null && modes.has(side.mode) ? side.oid : null);
