import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { eachOf, syncFolder } from './durable.js';
import { looseFile } from './loose-objects.js';
import type { ObjectStore } from './object-store.js';
import { hashObject, type GitObject, type ObjectType, type Oid } from './objects.js';

const deflateAsync = promisify(deflate);
const parallelWrites = 8;
const maxTries = 20;

/** New objects of a change, kept in memory until all of them are made durable in one round. */
export class ObjectBatch {
  private readonly pending = new Map<Oid, GitObject>();
  private readonly touchedFolders = new Set<string>();

  constructor(private readonly store: ObjectStore) {}

  add(type: ObjectType, bytes: Buffer): Oid {
    const oid = hashObject(type, bytes);
    if (!this.pending.has(oid)) this.pending.set(oid, { type, bytes });
    return oid;
  }

  get(oid: Oid): GitObject | undefined {
    return this.pending.get(oid);
  }

  /** Takes over what another batch gathered. */
  merge(other: ObjectBatch): void {
    for (const [oid, object] of other.pending) this.pending.set(oid, object);
  }

  /** Writes every object and makes it durable: contents in parallel, then the folders that name them; says which. */
  async flush(): Promise<Oid[]> {
    const fresh: [Oid, GitObject][] = [];
    for (const [oid, object] of this.pending) {
      const known = this.store.has(oid);
      if (known === null) fresh.push([oid, object]);
      // Somebody else may have written it a moment ago without having synced its folder yet.
      else if (known.loose) this.touchedFolders.add(dirname(looseFile(this.store.folder, oid)));
    }
    await eachOf(fresh, parallelWrites, ([oid, object]) => this.write(oid, object));
    await eachOf(this.touchedFolders, parallelWrites, (folder) => this.sync(folder));
    const durable = [...this.pending.keys()];
    this.pending.clear();
    this.touchedFolders.clear();
    return durable;
  }

  private async write(oid: Oid, { type, bytes }: GitObject): Promise<void> {
    const packed = await deflateAsync(Buffer.concat([Buffer.from(`${type} ${bytes.length}\0`), bytes]), { level: 1 });
    const temporary = join(this.store.folder, `tmp_obj_${randomBytes(8).toString('hex')}`);
    try {
      const handle = await open(temporary, 'wx', 0o444);
      try {
        await handle.writeFile(packed);
        await handle.datasync();
      } finally {
        await handle.close();
      }
      await this.place(temporary, looseFile(this.store.folder, oid));
    } catch (error) {
      // A full disk must not fill further with what could not be written.
      await rm(temporary, { force: true });
      throw error;
    }
  }

  private async place(temporary: string, file: string): Promise<void> {
    const folder = dirname(file);
    // A git that tidies up removes empty folders, also the one that was made a moment ago.
    for (let tries = 0; !(await moved(temporary, file, tries < maxTries)); tries += 1) {
      await mkdir(folder, { recursive: true });
      this.touchedFolders.add(this.store.folder);
    }
    this.touchedFolders.add(folder);
  }

  private async sync(folder: string): Promise<void> {
    try {
      await syncFolder(folder);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      // What was in the folder has been packed, or the move of the ref will find it missing.
      await syncFolder(join(this.store.folder, 'pack'));
    }
  }
}

/** False when there is no folder to put the file into. */
async function moved(temporary: string, file: string, mayLack: boolean): Promise<boolean> {
  try {
    await rename(temporary, file);
    return true;
  } catch (error) {
    if (mayLack && (error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
