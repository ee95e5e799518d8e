import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { eachOf, syncFolder, writeDurably } from './durable.js';
import { isDamage } from './git-errors.js';
import { deflated } from './inflate.js';
import { looseFile } from './loose-objects.js';
import type { ObjectStore } from './object-store.js';
import { type NewObject, writePack } from './pack-writer.js';
import { hashObject, type GitObject, type ObjectType, type Oid } from './objects.js';

const parallelSyncs = 8;
const maxTries = 20;
/** From here on one pack is quicker than files of their own, and kinder to everybody who reads; below, packs would pile up. */
const manyObjects = 16;
const maxPackBytes = 256 << 20;

/** New objects of a change, kept in memory until all of them are made durable in one round. */
export class ObjectBatch {
  private readonly pending = new Map<Oid, NewObject>();
  private readonly packs: string;

  constructor(private readonly store: ObjectStore) {
    this.packs = join(store.folder, 'pack');
  }

  /** `like` names an object that this one was made from. */
  add(type: ObjectType, bytes: Buffer, like: Oid | null = null): Oid {
    const oid = hashObject(type, bytes);
    if (!this.pending.has(oid)) this.pending.set(oid, { type, bytes, like });
    return oid;
  }

  get(oid: Oid): GitObject | undefined {
    return this.pending.get(oid);
  }

  /** Takes over what another batch gathered. */
  merge(other: ObjectBatch): void {
    for (const [oid, object] of other.pending) this.pending.set(oid, object);
  }

  /**
   * Writes every object and makes its contents durable, in parallel; says which. They are safe once `settle` has made
   * the names durable: of these objects, or of `everything` where a commit is moved to whose objects others wrote.
   */
  async flush(): Promise<{ oids: Oid[]; settle: (options?: { everything: boolean }) => Promise<void> }> {
    const fresh: [Oid, NewObject][] = [];
    for (const [oid, object] of this.pending) if (!(await this.isWhole(oid))) fresh.push([oid, object]);
    for (const some of portions(fresh)) await writePack(this.store.folder, some);
    if (fresh.length < manyObjects) await this.write(fresh);
    for (const [oid, object] of fresh) this.store.keep(oid, object);
    const oids = [...this.pending.keys()];
    this.pending.clear();
    const folders = (everything: boolean) => (everything ? this.everyFolder() : this.foldersOf(oids));
    return {
      oids,
      settle: ({ everything } = { everything: false }) =>
        eachOf(folders(everything), parallelSyncs, (folder) => this.sync(folder)),
    };
  }

  /** A damaged copy of what is written counts for nothing: the writer was told that it is stored. */
  private async isWhole(oid: Oid): Promise<boolean> {
    if (this.store.has(oid) === null) return false;
    try {
      return (await this.store.read(oid)) !== null;
    } catch (error) {
      if (isDamage(error)) return false;
      throw error;
    }
  }

  /**
   * Looked up when the names are to be made durable: somebody else may have written the object, or packed or unpacked
   * it, a moment ago. The folder of a loose one may be new itself.
   */
  private foldersOf(oids: Oid[]): Set<string> {
    const { folder } = this.store;
    const isLoose = (oid: Oid) => this.store.has(oid)?.loose ?? false;
    return new Set(oids.flatMap((oid) => (isLoose(oid) ? [dirname(looseFile(folder, oid)), folder] : [this.packs])));
  }

  private everyFolder(): string[] {
    const { folder } = this.store;
    const loose = readdirSync(folder).filter((name) => /^[0-9a-f]{2}$/.test(name));
    return [folder, this.packs, ...loose.map((name) => join(folder, name))];
  }

  private async write(objects: [Oid, GitObject][]): Promise<void> {
    const files: { oid: Oid; file: string; bytes: Buffer }[] = [];
    for (const [oid, { type, bytes }] of objects) {
      const file = join(this.store.folder, `tmp_obj_${randomBytes(8).toString('hex')}`);
      const whole = Buffer.concat([Buffer.from(`${type} ${bytes.length}\0`), bytes]);
      files.push({ oid, file, bytes: await deflated(whole) });
    }
    try {
      await writeDurably(files, { mode: 0o444, isNew: true });
      for (const { oid, file } of files) this.place(file, looseFile(this.store.folder, oid));
    } catch (error) {
      // A full disk must not fill further with what could not be written.
      for (const { file } of files) rmSync(file, { force: true });
      throw error;
    }
  }

  private place(temporary: string, file: string): void {
    const folder = dirname(file);
    // A git that tidies up removes empty folders, also the one that was made a moment ago.
    for (let tries = 0; !moved(temporary, file, tries < maxTries); tries += 1) {
      mkdirSync(folder, { recursive: true });
    }
  }

  private async sync(folder: string): Promise<void> {
    try {
      await syncFolder(folder);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      // What was in the folder has been packed, or the move of the ref will find it missing.
      await syncFolder(this.packs);
    }
  }
}

/** Many objects in portions that fit into memory as packs; none when they are few. */
function* portions(objects: [Oid, NewObject][]): Generator<[Oid, NewObject][]> {
  if (objects.length < manyObjects) return;
  let portion: [Oid, NewObject][] = [];
  let bytes = 0;
  for (const one of objects) {
    portion.push(one);
    bytes += one[1].bytes.length;
    if (bytes < maxPackBytes) continue;
    yield portion;
    [portion, bytes] = [[], 0];
  }
  if (portion.length > 0) yield portion;
}

/** False when there is no folder to put the file into. */
function moved(temporary: string, file: string, mayLack: boolean): boolean {
  try {
    renameSync(temporary, file);
    return true;
  } catch (error) {
    if (mayLack && (error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
