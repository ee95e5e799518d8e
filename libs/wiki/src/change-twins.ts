import type { ChangeTree } from './change-tree.js';
import { quoted } from './name-characters.js';
import { prefixesOf, twinKey } from './path-folding.js';
import { WikiError } from './wiki-errors.js';

/** Refuses files that the change adds beside others of the same name in another spelling, folder by folder. */
export async function refuseTwins(tree: ChangeTree): Promise<void> {
  const folders = new Map<string, Map<string, Set<string>>>();
  for (const { path, before, after } of await tree.changes()) {
    if (before !== null || after === null) continue;
    for (const prefix of prefixesOf(path)) await refuseTwin(tree, prefix, folders);
  }
}

async function refuseTwin(tree: ChangeTree, path: string, folders: Map<string, Map<string, Set<string>>>) {
  const cut = path.lastIndexOf('/');
  const [folder, name] = [path.slice(0, Math.max(cut, 0)), path.slice(cut + 1)];
  const keys = folders.get(folder) ?? keysOf(await tree.names(folder));
  folders.set(folder, keys);
  const twin = [...(keys.get(twinKey(name)) ?? [])].find((other) => other !== name);
  if (twin === undefined) return;
  const existing = folder === '' ? twin : `${folder}/${twin}`;
  throw new WikiError(
    'path-twin',
    `${quoted(path)} differs from ${quoted(existing)} only in case or in how its letters are spelled. Use the name that is there.`,
    { path, existing },
  );
}

function keysOf(names: Iterable<string>): Map<string, Set<string>> {
  const keys = new Map<string, Set<string>>();
  for (const name of names) {
    const key = twinKey(name);
    keys.set(key, (keys.get(key) ?? new Set()).add(name));
  }
  return keys;
}
