import type { ChangeTree } from './change-tree.js';
import { quoted } from '@lib/markdown';
import { prefixesOf, twinKey } from './path-folding.js';
import { WikiError } from './wiki-errors.js';

/** Refuses files that the change adds beside others of the same name in another spelling, folder by folder. */
export async function refuseTwins(tree: ChangeTree): Promise<void> {
  const added = new Map<string, Set<string>>();
  for (const { path, before, after } of await tree.changes()) {
    if (before !== null || after === null) continue;
    for (const prefix of prefixesOf(path)) {
      const cut = prefix.lastIndexOf('/');
      const folder = prefix.slice(0, Math.max(cut, 0));
      added.set(folder, (added.get(folder) ?? new Set()).add(prefix.slice(cut + 1)));
    }
  }
  for (const [folder, names] of added) refuseTwin(folder, names, await tree.names(folder));
}

/** One look at every name of the folder, which may be large, for all that are added to it. */
function refuseTwin(folder: string, added: ReadonlySet<string>, there: ReadonlySet<string>): void {
  const wanted = new Map([...added].map((name) => [twinKey(name), name]));
  for (const other of there) {
    const name = wanted.get(twinKey(other));
    if (name === undefined || name === other) continue;
    const [path, existing] = [name, other].map((one) => (folder === '' ? one : `${folder}/${one}`)) as [string, string];
    throw new WikiError(
      'path-twin',
      `${quoted(path)} differs from ${quoted(existing)} only in case or in how its letters are spelled. Use the name that is there.`,
      { path, existing },
    );
  }
}
