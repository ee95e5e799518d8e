import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import { corrupt, GitError, isDamage, tooLarge } from './git-errors.js';
import { looseByPrefix, looseFile, looseHeader, readLoose } from './loose-objects.js';
import { hashObject, isOid, type GitObject, type ObjectType, type Oid } from './objects.js';
import type { Pack } from './pack.js';
import { PackList } from './pack-list.js';

/** No object above this is read whole into memory, whoever asks. */
const absoluteMaxBytes = 256 << 20;
const cacheBytes = 32 << 20;
const maxPacksInChain = 4;

/** How to read something of an object from a pack, and from a file of its own; null when there is no such file. */
interface Ways<T> {
  packed: (pack: Pack, offset: number) => Promise<T>;
  loose: () => T | null | Promise<T | null>;
}

// Objects are immutable and named by their content, so what is cached never goes stale.
const cache = new LRUCache<string, GitObject>({
  maxSize: cacheBytes,
  maxEntrySize: cacheBytes / 8,
  sizeCalculation: ({ bytes }) => bytes.length + 256,
});

/** The objects of one folder: loose files and packs. */
export class ObjectStore {
  private readonly packs: PackList;

  constructor(readonly folder: string) {
    this.packs = new PackList(join(folder, 'pack'));
  }

  async read(oid: Oid, maxBytes = absoluteMaxBytes, links = 0): Promise<GitObject | null> {
    if (!isOid(oid)) return null;
    const key = `${this.folder}:${oid}`;
    const known = cache.get(key);
    if (known !== undefined) {
      if (known.bytes.length > maxBytes) throw tooLarge('The object', known.bytes.length, maxBytes);
      return known;
    }
    const object = await this.anyCopy(oid, {
      packed: async (pack, offset) =>
        whole(oid, await pack.read(offset, maxBytes, (base) => this.base(base, maxBytes, links))),
      loose: async () => whole(oid, await readLoose(this.folder, oid, maxBytes)),
    });
    if (object === null) return null;
    const kept = { ...object, bytes: withoutNeighbours(object.bytes) };
    cache.set(key, kept);
    return kept;
  }

  /** Keeps what was written a moment ago: those who follow a change read it next. */
  keep(oid: Oid, { type, bytes }: GitObject): void {
    cache.set(`${this.folder}:${oid}`, { type, bytes: withoutNeighbours(bytes) });
  }

  async header(oid: Oid, links = 0): Promise<{ type: ObjectType; size: number } | null> {
    if (!isOid(oid)) return null;
    const known = cache.get(`${this.folder}:${oid}`);
    if (known !== undefined) return { type: known.type, size: known.bytes.length };
    return this.anyCopy<{ type: ObjectType; size: number }>(oid, {
      packed: (pack, offset) => pack.header(offset, (base) => this.baseHeader(base, links)),
      loose: () => looseHeader(this.folder, oid),
    });
  }

  /** True when the object is there; `loose` tells that its folder entry may not be on disk yet. */
  has(oid: Oid): { loose: boolean } | null {
    if (!isOid(oid)) return null;
    if (this.packs.has(oid)) return { loose: false };
    return existsSync(looseFile(this.folder, oid)) ? { loose: true } : null;
  }

  /** True when all of them are there at this moment, whatever was seen before. */
  hasAll(oids: Oid[]): boolean {
    this.packs.refresh();
    return oids.every((oid) => this.has(oid) !== null);
  }

  byPrefix(prefix: string, limit: number): Oid[] {
    this.packs.refresh();
    return [...new Set([...this.packs.byPrefix(prefix, limit), ...looseByPrefix(this.folder, prefix)])].slice(0, limit);
  }

  close(): void {
    this.packs.close();
  }

  /**
   * The first copy that is whole; a damaged one is passed over, as git does, and only told of when there is no other.
   * git may have packed the loose object, or replaced the pack, and an operator may have put a good file in the place of a
   * bad one, since the packs were listed. Whether the list is another now says nothing: somebody else who missed an object
   * may have renewed it a moment ago.
   */
  private async anyCopy<T>(oid: Oid, { packed, loose }: Ways<T>): Promise<T | null> {
    let damage: GitError | null = null;
    const tried = async (read: () => T | null | Promise<T | null>): Promise<T | null> => {
      try {
        return await read();
      } catch (error) {
        if (!isDamage(error)) throw error;
        damage ??= error;
        return null;
      }
    };
    const inPacks = async (): Promise<T | null> => {
      for (const { pack, offset } of this.packs.holding(oid)) {
        const found = await tried(() => packed(pack, offset));
        if (found !== null) return found;
      }
      return null;
    };
    const found = (await inPacks()) ?? (await tried(loose));
    if (found !== null) return found;
    if (damage === null) this.packs.refresh();
    else this.packs.reconsider();
    const again = await inPacks();
    const wrong = damage ?? this.packs.damage;
    if (again === null && wrong !== null) throw wrong;
    return again;
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
}

/** What a damaged disk gives back is never served as the truth. */
function whole<T extends GitObject | null>(oid: Oid, object: T): T {
  if (object === null || hashObject(object.type, object.bytes) === oid) return object;
  throw corrupt(`object ${oid} has other contents than its name says`);
}

/** One more step from pack to pack; git writes packs that need no other, so many steps lead in a circle. */
function followed(links: number): number {
  if (links >= maxPacksInChain) throw corrupt('deltas that lead from pack to pack');
  return links + 1;
}

/** Small buffers are cut from larger ones, and to keep one would keep all that was cut from the same. */
function withoutNeighbours(bytes: Buffer): Buffer {
  if (bytes.length === bytes.buffer.byteLength) return bytes;
  const alone = Buffer.allocUnsafeSlow(bytes.length);
  bytes.copy(alone);
  return alone;
}
