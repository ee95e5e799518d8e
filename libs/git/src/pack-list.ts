import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { GitError, isDamage } from './git-errors.js';
import type { Oid } from './objects.js';
import { Pack } from './pack.js';

/** A replaced pack stays open this long for reads that are under way. */
const closingGraceMs = 60_000;

interface Opened {
  pack: Pack;
  /** Which files they were: others may be put in their place under the same names. */
  files: string;
}

/** The packs of one folder, opened when they are first looked for. */
export class PackList {
  private opened: Opened[] = [];
  private listed = false;
  /** What is wrong with a pack that cannot be opened; the others serve on without it. */
  damage: GitError | null = null;

  constructor(private readonly folder: string) {}

  /** Every pack that has the object, and where. */
  holding(oid: Oid): { pack: Pack; offset: number }[] {
    return this.all()
      .map((pack) => ({ pack, offset: pack.index.find(oid) }))
      .filter(({ offset }) => offset >= 0);
  }

  has(oid: Oid): boolean {
    return this.all().some((pack) => pack.index.find(oid) >= 0);
  }

  byPrefix(prefix: string, limit: number): Oid[] {
    return this.all().flatMap((pack) => pack.index.byPrefix(prefix, limit));
  }

  /** Lists the packs again. */
  refresh(): void {
    this.listed = true;
    const paths = this.paths();
    const known = new Map(this.opened.map((one) => [one.pack.path, one]));
    if (paths.length === known.size && paths.every((path) => known.has(path))) return;
    this.damage = null;
    this.replaceBy(paths.flatMap((path) => known.get(path) ?? this.open(path) ?? []));
  }

  /** Lists them again and believes nothing known of files that somebody has put in another's place. */
  reconsider(): void {
    const current = this.opened.filter(({ pack, files }) => filesOf(pack.path) === files);
    if (current.length < this.opened.length) this.replaceBy(current);
    this.refresh();
  }

  close(): void {
    for (const { pack } of this.opened) pack.close();
    this.opened = [];
    this.listed = false;
  }

  private all(): Pack[] {
    if (!this.listed) this.refresh();
    return this.opened.map(({ pack }) => pack);
  }

  private replaceBy(current: Opened[]): void {
    const gone = this.opened.filter((one) => !current.includes(one));
    if (gone.length > 0) setTimeout(() => gone.forEach(({ pack }) => pack.close()), closingGraceMs).unref();
    this.opened = current;
  }

  private open(path: string): Opened | null {
    try {
      const files = filesOf(path);
      return { pack: new Pack(path), files };
    } catch (error) {
      // git removed it between listing and opening; whatever it held is in a newer pack.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      if (!(error instanceof GitError)) throw error;
      this.damage = error;
      return null;
    }
  }

  private paths(): string[] {
    return packsOf(this.folder).flatMap(({ path, isIndexed }) => (isIndexed ? [path] : []));
  }
}

/** The packs of a folder; without its index git sees none of what is in a pack. */
function packsOf(folder: string): { path: string; isIndexed: boolean }[] {
  try {
    const names = readdirSync(folder);
    const indexes = new Set(names.filter((name) => name.endsWith('.idx')).map((name) => name.slice(0, -4)));
    return names
      .filter((name) => name.endsWith('.pack'))
      .map((name) => ({ path: join(folder, name), isIndexed: indexes.has(name.slice(0, -5)) }));
  } catch {
    return [];
  }
}

/** Packs of a folder whose index is gone or no index; one that is arriving lacks it for a moment, too. */
export function packsToIndex(folder: string): string[] {
  return packsOf(folder).flatMap(({ path, isIndexed }) => (isIndexed && canOpen(path) ? [] : [path]));
}

function canOpen(path: string): boolean {
  try {
    new Pack(path).close();
    return true;
  } catch (error) {
    return !isDamage(error);
  }
}

/** Which files a pack and its index are at this moment; empty when one is gone. */
function filesOf(path: string): string {
  try {
    const both = [path, path.replace(/\.pack$/, '.idx')].map((file) => statSync(file));
    return both.map(({ ino, size, mtimeMs }) => `${ino} ${size} ${mtimeMs}`).join(', ');
  } catch {
    return '';
  }
}
