import { unifiedDiff, hashObject, type Objects, type Oid, type TreeEdit, type TreeItem } from '@lib/git';
import { fileText } from './change-text.js';
import { quoted } from '@lib/markdown';
import { notAllowed } from './page-path.js';

/** A file as a change sees it; `bytes` only when this change wrote them. */
export interface ChangedFile {
  oid: Oid;
  bytes: Buffer | null;
  mode: string | null;
}

/** A file that a change leaves other than it was. */
export interface FileChange {
  path: string;
  before: TreeItem | null;
  after: ChangedFile | null;
}

const folderMode = '40000';
const regularModes = ['100644', '100755'];

/** The newest tree of a wiki with what one change has done to it so far; nothing is written. */
export class ChangeTree {
  private readonly placed = new Map<string, ChangedFile | null>();
  /** Where a file that this change moved was in the snapshot. */
  private readonly origins = new Map<string, string>();

  constructor(
    readonly objects: Objects,
    readonly tip: Oid | null,
  ) {}

  /** What the snapshot has at a path; null when nothing, or when it is a folder. */
  async before(path: string): Promise<TreeItem | null> {
    const item = this.tip === null ? null : await this.objects.entry(this.tip, path);
    return item === null || item.mode === folderMode ? null : item;
  }

  /** What the snapshot has of the file that is at a path now, by whatever name. */
  async origin(path: string): Promise<TreeItem | null> {
    return this.before(this.origins.get(path) ?? path);
  }

  /** The file at a path after what was done so far; links of git to elsewhere are no files. */
  async file(path: string): Promise<ChangedFile | null> {
    const placed = this.placed.get(path);
    if (placed !== undefined) return placed;
    const item = await this.before(path);
    return item !== null && regularModes.includes(item.mode) ? { oid: item.oid, bytes: null, mode: item.mode } : null;
  }

  async bytes(file: ChangedFile): Promise<Buffer> {
    return file.bytes ?? this.objects.blob(file.oid);
  }

  async put(path: string, bytes: Buffer): Promise<void> {
    const item = this.placed.has(path) ? null : await this.before(path);
    if (item !== null && !regularModes.includes(item.mode)) {
      throw notAllowed(path, 'path', 'a link to elsewhere is there, which only a push can take away');
    }
    const mode = (await this.file(path))?.mode ?? null;
    this.placed.set(path, { oid: hashObject('blob', bytes), bytes, mode });
  }

  remove(path: string): void {
    this.placed.set(path, null);
  }

  async move(from: string, to: string): Promise<void> {
    await this.moveAll(new Map([[from, to]]));
  }

  /** Moves files at once: each may go where another of them was. */
  async moveAll(moves: ReadonlyMap<string, string>): Promise<void> {
    const moving: { from: string; to: string; file: ChangedFile; origin: string }[] = [];
    for (const [from, to] of moves) {
      const file = await this.file(from);
      if (file === null) throw new Error(`nothing to move at ${quoted(from)}`);
      moving.push({ from, to, file, origin: this.origins.get(from) ?? from });
    }
    for (const { from } of moving) this.placed.set(from, null);
    for (const { to, file, origin } of moving) {
      this.origins.set(to, origin);
      this.placed.set(to, file);
    }
  }

  /** Puts content that git has already at a path. */
  place(path: string, { oid, mode }: Pick<TreeItem, 'oid' | 'mode'>): void {
    this.placed.set(path, { oid, bytes: null, mode });
  }

  /** The names in a folder, files and folders alike. */
  async names(folder: string): Promise<Set<string>> {
    const prefix = folder === '' ? '' : `${folder}/`;
    const names = new Set<string>();
    const isWhole = ![...this.placed].some(([path, file]) => file === null && path.startsWith(prefix));
    for (const child of this.tip === null ? [] : await this.objects.children(this.tip, folder)) {
      if (isWhole || (await this.isStillThere(child))) names.add(child.path.slice(prefix.length));
    }
    for (const [path, file] of this.placed) {
      if (file !== null && path.startsWith(prefix)) names.add(path.slice(prefix.length).split('/', 1)[0] ?? '');
    }
    return names;
  }

  /** The files directly in a folder. */
  async filesIn(folder: string): Promise<{ path: string; file: ChangedFile }[]> {
    const found: { path: string; file: ChangedFile }[] = [];
    for (const name of await this.names(folder)) {
      const path = folder === '' ? name : `${folder}/${name}`;
      const file = await this.file(path);
      if (file !== null) found.push({ path, file });
    }
    return found;
  }

  /** All files, those of the snapshot in git's order first. */
  async paths(): Promise<string[]> {
    const known = this.tip === null ? [] : await this.objects.walk(this.tip);
    const paths = new Set(known.map(({ path }) => path));
    for (const [path, file] of this.placed) {
      if (file === null) paths.delete(path);
      else paths.add(path);
    }
    return [...paths];
  }

  /** What is other than in the snapshot. */
  async changes(): Promise<FileChange[]> {
    const changes: FileChange[] = [];
    for (const [path, after] of this.placed) {
      const before = await this.before(path);
      if (before?.oid !== after?.oid) changes.push({ path, before, after });
    }
    return changes;
  }

  async edits(): Promise<TreeEdit[]> {
    return (await this.changes()).map(({ path, after }) => {
      if (after === null) return { path, remove: true };
      return after.bytes === null
        ? { path, blob: after.oid, mode: after.mode ?? undefined }
        : { path, content: after.bytes };
    });
  }

  /** The patch of everything that would change. */
  async diff(): Promise<string> {
    const patches: string[] = [];
    for (const { path, before, after } of await this.changes()) {
      const older = before === null ? null : fileText(await this.objects.blob(before.oid));
      const newer = after === null ? null : fileText(await this.bytes(after));
      const isText = older !== undefined && newer !== undefined;
      patches.push(isText ? unifiedDiff(path, older, newer) : `Binary files differ: ${path}\n`);
    }
    return patches.join('');
  }

  /** A folder of the snapshot is gone once this change took every file out of it. */
  private async isStillThere({ path, mode }: TreeItem): Promise<boolean> {
    if (mode !== folderMode) return this.placed.get(path) !== null;
    const isTouched = [...this.placed].some(([file, state]) => state === null && file.startsWith(`${path}/`));
    if (!isTouched || this.tip === null) return true;
    const files = await this.objects.walk(this.tip, path);
    return files.some((file) => this.placed.get(file.path) !== null);
  }
}
