import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isUuid } from './rows.js';

/** The files of the mirror below the data folder. */
export class MirrorFiles {
  constructor(private readonly root: string) {}

  pathOf(kind: 'user' | 'wiki', id: string): string {
    if (!isUuid(id)) throw new Error(`"${id}" is no uuid, so it names no file.`);
    return kind === 'user'
      ? join(this.root, 'users', `${id}.json`)
      : join(this.root, 'repositories', id, 'wikibot.json');
  }

  /** The text of a file, or null when there is none. */
  async read(kind: 'user' | 'wiki', id: string): Promise<string | null> {
    return readFile(this.pathOf(kind, id), 'utf8').catch(onlyMissing(null));
  }

  /** The ids that have, or should have, a file. */
  async ids(kind: 'user' | 'wiki'): Promise<string[]> {
    const names = await readdir(join(this.root, kind === 'user' ? 'users' : 'repositories')).catch(onlyMissing([]));
    const ids = kind === 'user' ? names.filter((name) => name.endsWith('.json')).map((n) => n.slice(0, -5)) : names;
    return ids.filter(isUuid).sort();
  }

  /** Writes a file so that it is there whole, or as it was, whenever the power fails. */
  async write(kind: 'user' | 'wiki', id: string, text: string): Promise<void> {
    const path = this.pathOf(kind, id);
    const beside = `${path}.${randomBytes(6).toString('hex')}.tmp`;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    try {
      const file = await open(beside, 'wx', 0o600);
      try {
        await file.writeFile(text);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(beside, path);
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
    await syncFolder(dirname(path));
  }

  async remove(kind: 'user' | 'wiki', id: string): Promise<void> {
    await rm(this.pathOf(kind, id), { force: true });
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function onlyMissing<T>(instead: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === 'ENOENT') return instead;
    throw error;
  };
}
