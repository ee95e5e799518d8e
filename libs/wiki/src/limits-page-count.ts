import type { Objects, Oid } from '@lib/git';
import { LRUCache } from 'lru-cache';
import { pageOfFile } from './page-path.js';

const folderMode = '40000';
const fileModes = ['100644', '100755'];

// A tree is named by its content, so a count never goes stale; an edit changes only the folders above it.
const counts = new LRUCache<Oid, number>({ max: 100_000 });

/** How many pages a commit holds; null stands for the empty wiki. */
export async function countPages(objects: Objects, commit: Oid | null): Promise<number> {
  return commit === null ? 0 : countIn(objects, (await objects.commit(commit)).tree);
}

async function countIn(objects: Objects, tree: Oid): Promise<number> {
  const known = counts.get(tree);
  if (known !== undefined) return known;
  let pages = 0;
  for (const { mode, name, oid } of await objects.tree(tree)) {
    if (mode === folderMode) pages += await countIn(objects, oid);
    else if (fileModes.includes(mode) && pageOfFile(name) !== null) pages += 1;
  }
  counts.set(tree, pages);
  return pages;
}
