import { basename, dirname } from 'node:path';

/** What a file held, or whom a name meant, from a call on. */
interface Version<T> {
  value: T;
  /** The call that made it so. */
  at: number;
  /** A file that is moved may be found at both places after a crash, never at none. */
  onlyAfter?: { entries: Entry[]; at: number };
}

/** Something that changes and becomes durable: the first version is on disk, those after it may be or not. */
export type Entry = { versions: Version<number | null>[] };

export interface FileNode {
  kind: 'file';
  contents: Version<Buffer>[];
}

export interface FolderNode {
  kind: 'folder';
  names: Map<string, Entry>;
}

const last = <T>(versions: Version<T>[]): T => (versions.at(-1) as Version<T>).value;

/**
 * A disk as POSIX promises it and no better: what was not synced may be there or not, each name and each content for
 * itself. Names and contents are kept in all versions since the last sync.
 */
export class Disk {
  readonly nodes = new Map<number, FileNode | FolderNode>([[0, { kind: 'folder', names: new Map() }]]);

  constructor(private readonly root: string) {}

  isHere = (path: string): boolean => path === this.root || path.startsWith(`${this.root}/`);

  create(path: string, kind: 'file' | 'folder', at: number): void {
    const fresh: FileNode | FolderNode =
      kind === 'file' ? { kind, contents: [{ value: Buffer.alloc(0), at: -1 }] } : { kind, names: new Map() };
    const number = this.nodes.size;
    this.nodes.set(number, fresh);
    this.name(path, { value: number, at });
  }

  find(path: string): number | null {
    let here: number | null = 0;
    for (const part of path.slice(this.root.length).split('/').filter(Boolean)) {
      const folder: FileNode | FolderNode | undefined = here === null ? undefined : this.nodes.get(here);
      const entry: Entry | undefined = folder?.kind === 'folder' ? folder.names.get(part) : undefined;
      here = entry === undefined ? null : last(entry.versions);
    }
    return here;
  }

  contents(path: string): Buffer | null {
    const node = this.nodes.get(this.find(path) ?? -1);
    return node?.kind === 'file' ? last(node.contents) : null;
  }

  write(path: string, value: Buffer, at: number): void {
    const node = this.nodes.get(this.find(path) ?? -1);
    if (node?.kind === 'file') node.contents.push({ value, at });
  }

  link(from: string, to: string, at: number): void {
    this.name(to, { value: this.find(from), at });
  }

  unlink(path: string, at: number): void {
    this.name(path, { value: null, at });
  }

  rename(from: string, to: string, at: number): void {
    const target = this.name(to, { value: this.find(from), at });
    this.name(from, { value: null, at, onlyAfter: { entries: [target], at } });
  }

  /** What was done to this file or folder before the call `begun` is on disk now. */
  sync(path: string, begun: number): void {
    const node = this.nodes.get(this.find(path) ?? -1);
    if (node === undefined) return;
    if (node.kind === 'file') settle(node.contents, begun);
    else for (const entry of node.names.values()) settle(entry.versions, begun);
  }

  private name(path: string, version: Version<number | null>): Entry {
    const folder = this.nodes.get(this.find(dirname(path)) ?? -1);
    if (folder?.kind !== 'folder') throw new Error(`There is no folder for ${path}.`);
    const entry = folder.names.get(basename(path)) ?? { versions: [{ value: null, at: -1 }] };
    entry.versions.push(version);
    folder.names.set(basename(path), entry);
    return entry;
  }
}

function settle<T>(versions: Version<T>[], begun: number): void {
  const newest = versions.findLastIndex(({ at }) => at < begun);
  if (newest > 0) versions.splice(0, newest);
}
