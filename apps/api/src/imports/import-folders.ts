import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type ImportRecord, type ImportSource, storedSource } from '@lib/wiki';
import type { Config } from '../config.js';

const uploaded = 'upload';
const fetched = 'fetched';
const scratchId = '00000000-0000-4000-8000-000000000000';

/** Where what is to be imported lies until it is: a folder for each import, in the data folder that all processes share. */
export class ImportFolders {
  /** The most bytes of an upload. */
  readonly limit: number;
  private readonly root: string;

  constructor({ dataDir, limits }: Pick<Config, 'dataDir' | 'limits'>) {
    this.root = join(dataDir, 'imports');
    this.limit = limits.pushBytes;
  }

  /** Makes room for an upload and tells where it is to be written. */
  async makeUpload(id: string): Promise<string> {
    await mkdir(this.of(id), { recursive: true, mode: 0o700 });
    return join(this.of(id), uploaded);
  }

  /** Makes room for a repository that is fetched, in place of what an attempt before left. */
  async makeFetched(id: string): Promise<string> {
    await rm(this.fetched(id), { recursive: true, force: true });
    await mkdir(this.of(id), { recursive: true, mode: 0o700 });
    return this.fetched(id);
  }

  /** What an import is read from. */
  async source({ id, source }: Pick<ImportRecord, 'id' | 'source'>): Promise<ImportSource> {
    const gitDir = join(this.fetched(id), scratchId, 'repo.git');
    if (existsSync(gitDir)) return { kind: 'repository', gitDir };
    return storedSource(join(this.of(id), uploaded), source);
  }

  /** Whether what is to be imported is still there. */
  has(id: string): boolean {
    return existsSync(join(this.of(id), uploaded)) || existsSync(this.fetched(id));
  }

  async remove(id: string): Promise<void> {
    await rm(this.of(id), { recursive: true, force: true });
  }

  /** The imports whose folders are older than a moment. */
  async olderThan(moment: Date): Promise<string[]> {
    const found: string[] = [];
    for (const name of await readdir(this.root).catch(() => [])) {
      const { mtime } = (await stat(join(this.root, name)).catch(() => null)) ?? {};
      if (/^[0-9a-f-]{36}$/.test(name) && mtime !== undefined && mtime < moment) found.push(name);
    }
    return found;
  }

  private fetched(id: string): string {
    return join(this.of(id), fetched);
  }

  private of(id: string): string {
    return join(this.root, id);
  }
}
