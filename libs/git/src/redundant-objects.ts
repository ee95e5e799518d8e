import { readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { eachOf, syncFolder } from './durable.js';
import { looseByPrefix, looseFile } from './loose-objects.js';
import type { Oid } from './objects.js';
import { PackIndex } from './pack-index.js';

interface ListedPack {
  name: string;
  index: PackIndex;
}

/** So many objects are looked up before other work gets its turn. */
const breath = 2_000;
/** Fewer than there are threads that wait for the disk: writers need some. */
const removedAtOnce = 4;

/**
 * What a repacked folder of objects holds twice. git, told to remove such things itself, removes them before the name of
 * the new pack is on disk, and a power cut in between could leave neither; and it asks nobody whether every object of a
 * removed file is in another one. Here both come first.
 */
export class RedundantObjects {
  private constructor(
    private readonly objects: string,
    /** Names without ending of the packs that stay. */
    readonly staying: string[],
    private readonly removed: string[],
    private readonly holders: PackIndex[],
  ) {}

  /** Looks which of the packs named in `old` hold nothing that the others do not hold too. */
  static async find(objects: string, old: ReadonlySet<string>): Promise<RedundantObjects> {
    const packs = listPacks(objects).map((name) => ({ name, index: readIndex(objects, name) }));
    const holders = new Set<ListedPack>(packs);
    const removed: string[] = [];
    for (const pack of [...packs].sort((a, b) => a.index.count - b.index.count)) {
      if (!old.has(pack.name)) continue;
      holders.delete(pack);
      if (await isHeldWhole(pack.index, [...holders])) removed.push(pack.name);
      else holders.add(pack);
    }
    const indexes = [...holders].map(({ index }) => index);
    return new RedundantObjects(objects, [...holders].map(({ name }) => name).sort(), removed, indexes);
  }

  /** Makes the names of the packs that stay durable, then removes the others and the loose files of what they hold. */
  async remove(): Promise<void> {
    const folder = join(this.objects, 'pack');
    await syncFolder(folder);
    const files = readdirSync(folder);
    for (const pack of this.removed) {
      const parts = files.filter((file) => file.startsWith(`${pack}.`));
      // git believes in a pack as long as its index is there, so that goes first.
      const order = (file: string) => (file.endsWith('.idx') ? 0 : 1);
      for (const file of parts.sort((a, b) => order(a) - order(b))) await rm(join(folder, file), { force: true });
    }
    for (let n = 0; n < 256; n += 1) {
      const loose = looseByPrefix(this.objects, n.toString(16).padStart(2, '0'));
      const held = loose.filter((oid) => this.holders.some((index) => index.find(oid) >= 0));
      await eachOf(held, removedAtOnce, (oid) => rm(looseFile(this.objects, oid), { force: true }));
    }
  }
}

/** Names without ending of the packs that may be replaced: not those that somebody keeps, and none that git lets expire. */
export function listPacks(objects: string): string[] {
  const files = new Set(readdirSync(join(objects, 'pack')));
  const names = [...files].filter((file) => file.endsWith('.pack')).map((file) => file.slice(0, -'.pack'.length));
  const isOrdinary = (name: string) => !['.keep', '.mtimes', '.promisor'].some((ending) => files.has(name + ending));
  return names.filter((name) => files.has(`${name}.idx`) && isOrdinary(name));
}

const readIndex = (objects: string, name: string): PackIndex =>
  new PackIndex(readFileSync(join(objects, 'pack', `${name}.idx`)));

async function isHeldWhole(index: PackIndex, holders: ListedPack[]): Promise<boolean> {
  const isHeld = (oid: Oid) => holders.some((holder) => holder.index.find(oid) >= 0);
  for (let at = 0; at < index.count; at += 1) {
    if (!isHeld(index.at(at))) return false;
    if (at % breath === breath - 1) await new Promise(setImmediate);
  }
  return true;
}
