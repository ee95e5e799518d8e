import { linkSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { join } from 'node:path';
import type { Seeded } from '../seeded.js';
import type { Disk, Entry, FileNode, FolderNode } from './disk.js';

/** What a disk kept of what it was not made to keep. */
export type Kept = 'nothing' | 'names' | 'contents' | 'everything' | 'anything';
export const kinds: readonly Kept[] = ['nothing', 'names', 'contents', 'anything', 'anything'];

/** What is found after a power cut was written before the machine was started again. */
const beforeBoot = new Date(Date.now() - uptime() * 1000 - 60_000);

/** Lays out in a folder what the disk may hold after the power came back. */
export function layOut(disk: Disk, folder: string, { kept, random }: { kept: Kept; random: Seeded }): void {
  const chosen = chooseNames(disk, kept, random);
  const written = new Map<number, string>();
  const lay = (number: number, path: string) => {
    const node = disk.nodes.get(number) as FileNode | FolderNode;
    const known = written.get(number);
    if (node.kind === 'file') {
      // A second name of one file is that of the same file.
      if (known !== undefined) return linkSync(known, path);
      written.set(number, path);
      writeFileSync(path, contentsOf(node, kept, random));
      return utimesSync(path, beforeBoot, beforeBoot);
    }
    mkdirSync(path, { recursive: true });
    for (const [name, entry] of node.names) {
      const child = entry.versions[chosen.get(entry) ?? 0]?.value ?? null;
      if (child !== null) lay(child, join(path, name));
    }
  };
  lay(0, folder);
}

/** Which version of every name is there. */
function chooseNames(disk: Disk, kept: Kept, random: Seeded): Map<Entry, number> {
  const chosen = new Map<Entry, number>();
  const entries = [...disk.nodes.values()].flatMap((node) => (node.kind === 'folder' ? [...node.names.values()] : []));
  for (const entry of entries) {
    const newest = entry.versions.length - 1;
    const isNewest = kept === 'names' || kept === 'everything';
    chosen.set(entry, kept === 'anything' ? random.below(newest + 1) : isNewest ? newest : 0);
  }
  for (const entry of entries) {
    for (const { onlyAfter } of entry.versions.slice(1, (chosen.get(entry) ?? 0) + 1)) {
      for (const target of onlyAfter?.entries ?? []) {
        const arrived = target.versions.findIndex(({ at }) => at >= (onlyAfter?.at ?? 0));
        // What has left here has arrived there, at least.
        if (arrived > (chosen.get(target) ?? 0)) chosen.set(target, arrived);
      }
    }
  }
  return chosen;
}

function contentsOf({ contents }: FileNode, kept: Kept, random: Seeded): Buffer {
  const [durable, newest] = [contents[0]?.value ?? Buffer.alloc(0), contents.at(-1)?.value ?? Buffer.alloc(0)];
  if (kept === 'contents' || kept === 'everything') return newest;
  if (kept !== 'anything') return durable;
  const some = contents[random.below(contents.length)]?.value ?? durable;
  // The length may be there before the bytes are, and bytes only as far as they came.
  const zeros = Buffer.concat([
    durable.subarray(0, some.length),
    Buffer.alloc(Math.max(0, some.length - durable.length)),
  ]);
  const cut = some.subarray(0, Math.max(Math.min(durable.length, some.length), random.below(some.length + 1)));
  return random.pick([some, durable, zeros, cut]);
}
