import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import { corrupt, GitError, tooLarge } from './git-errors.js';
import { looseByPrefix, looseFile, looseHeader, readLoose } from './loose-objects.js';
import { hashObject, isOid, type GitObject, type ObjectType, type Oid } from './objects.js';
import { Pack } from './pack.js';

/** No object above this is read whole into memory, whoever asks. */
const absoluteMaxBytes = 256 << 20;
const cacheBytes = 32 << 20;
const maxPacksInChain = 4;
/** A replaced pack stays open this long for reads that are under way. */
const closingGraceMs = 60_000;

// Objects are immutable and named by their content, so what is cached never goes stale.
const cache = new LRUCache<string, GitObject>({
  maxSize: cacheBytes,
  maxEntrySize: cacheBytes / 8,
  sizeCalculation: ({ bytes }) => bytes.length + 256,
});

/** The objects of one folder: loose files and packs. */
export class ObjectStore {
  private packs: Pack[] = [];
  private listed = false;

  constructor(readonly folder: string) {}

  async read(oid: Oid, maxBytes = absoluteMaxBytes, links = 0): Promise<GitObject | null> {
    if (!isOid(oid)) return null;
    const key = `${this.folder}:${oid}`;
    const known = cache.get(key);
    if (known !== undefined) {
      if (known.bytes.length > maxBytes) throw tooLarge('The object', known.bytes.length, maxBytes);
      return known;
    }
    const packed = () =>
      this.inPack(oid, (pack, offset) => pack.read(offset, maxBytes, (base) => this.base(base, maxBytes, links)));
    const found = (await packed()) ?? (await readLoose(this.folder, oid, maxBytes));
    const object = found ?? (await this.again(packed));
    if (object === null) return null;
    // What a damaged disk gives back is never served as the truth.
    if (hashObject(object.type, object.bytes) !== oid)
      throw corrupt(`object ${oid} has other contents than its name says`);
    cache.set(key, object);
    return object;
  }

  async header(oid: Oid, links = 0): Promise<{ type: ObjectType; size: number } | null> {
    if (!isOid(oid)) return null;
    const known = cache.get(`${this.folder}:${oid}`);
    if (known !== undefined) return { type: known.type, size: known.bytes.length };
    const packed = () =>
      this.inPack(oid, (pack, offset) => pack.header(offset, (base) => this.baseHeader(base, links)));
    const found = (await packed()) ?? looseHeader(this.folder, oid);
    return found ?? (await this.again(packed));
  }

  /** True when the object is there; `loose` tells that its folder entry may not be on disk yet. */
  has(oid: Oid): { loose: boolean } | null {
    if (!isOid(oid)) return null;
    this.list();
    if (this.packs.some((pack) => pack.index.find(oid) >= 0)) return { loose: false };
    return existsSync(looseFile(this.folder, oid)) ? { loose: true } : null;
  }

  /** True when all of them are there at this moment, whatever was seen before. */
  hasAll(oids: Oid[]): boolean {
    this.refresh();
    return oids.every((oid) => this.has(oid) !== null);
  }

  byPrefix(prefix: string, limit: number): Oid[] {
    this.refresh();
    const found = this.packs.flatMap((pack) => pack.index.byPrefix(prefix, limit));
    return [...new Set([...found, ...looseByPrefix(this.folder, prefix)])].slice(0, limit);
  }

  close(): void {
    for (const pack of this.packs) pack.close();
    this.packs = [];
    this.listed = false;
  }

  private async inPack<T>(oid: Oid, use: (pack: Pack, offset: number) => Promise<T>): Promise<T | null> {
    this.list();
    for (const pack of this.packs) {
      const offset = pack.index.find(oid);
      if (offset >= 0) return use(pack, offset);
    }
    return null;
  }

  /** What a delta in one pack is based on in another. */
  private async base(oid: Oid, maxBytes: number, links: number): Promise<GitObject> {
    const object = await this.read(oid, maxBytes, followed(links));
    if (object === null) throw new GitError('object-missing', `Object ${oid} is missing.`);
    return object;
  }

  private async baseHeader(oid: Oid, links: number): Promise<{ type: ObjectType; size: number }> {
    const header = await this.header(oid, followed(links));
    if (header === null) throw new GitError('object-missing', `Object ${oid} is missing.`);
    return header;
  }

  /**
   * git may have packed the loose object, or replaced the pack, since the packs were listed. Whether the list is another
   * now says nothing: somebody else who missed an object may have renewed it a moment ago.
   */
  private again<T>(packed: () => Promise<T | null>): Promise<T | null> {
    this.refresh();
    return packed();
  }

  private list(): void {
    if (!this.listed) this.refresh();
  }

  /** Lists the packs again. */
  private refresh(): void {
    this.listed = true;
    const names = this.packNames();
    const known = new Map(this.packs.map((pack) => [pack.path, pack]));
    if (names.length === known.size && names.every((name) => known.has(name))) return;
    const current = names.flatMap((name) => known.get(name) ?? openPack(name) ?? []);
    const gone = this.packs.filter((pack) => !current.includes(pack));
    if (gone.length > 0) setTimeout(() => gone.forEach((pack) => pack.close()), closingGraceMs).unref();
    this.packs = current;
  }

  private packNames(): string[] {
    const folder = join(this.folder, 'pack');
    try {
      const names = readdirSync(folder);
      const indexes = new Set(names.filter((name) => name.endsWith('.idx')).map((name) => name.slice(0, -4)));
      return names.filter((n) => n.endsWith('.pack') && indexes.has(n.slice(0, -5))).map((n) => join(folder, n));
    } catch {
      return [];
    }
  }
}

/** One more step from pack to pack; git writes packs that need no other, so many steps lead in a circle. */
function followed(links: number): number {
  if (links >= maxPacksInChain) throw corrupt('deltas that lead from pack to pack');
  return links + 1;
}

function openPack(path: string): Pack | null {
  try {
    return new Pack(path);
  } catch (error) {
    // git removed it between listing and opening; whatever it held is in a newer pack.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
