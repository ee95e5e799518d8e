import { importRefused } from './import-refusal.js';
import { quoted } from '@lib/markdown';
import { pageOfFile } from './page-path.js';

/** One file of a source. */
export interface ImportFile {
  path: string;
  bytes: Buffer;
}

/** What a source without history may hold. */
export interface FileLimits {
  pageBytes: number;
  fileBytes: number;
  /** All files together, unpacked. */
  totalBytes: number;
  files: number;
}

/** What operating systems, git and Obsidian leave in folders; it is nobody's page. */
const litter =
  /(?:^|\/)(?:\.git|__MACOSX|\.obsidian|\.trash)(?:\/|$)|(?:^|\/)(?:\.DS_Store|Thumbs\.db|desktop\.ini|\._[^/]*)$/;
const ofHistory = /(?:^|\/)\.git\/HEAD$/;

/** Gathers the files of a source and holds it to limits while it is read, so that no archive unpacks without end. */
export class FileBasket {
  readonly files: ImportFile[] = [];
  /** How many files were left out, because programs and not people put them there. */
  leftOut = 0;
  /** Whether a git repository is among them, whose history is not taken from here. */
  hasHistory = false;
  private readonly below: string;
  private total = 0;
  private seen = 0;

  /** With `below`, only what is in that folder is taken, and from its root. */
  constructor(
    private readonly limits: FileLimits,
    below: string | undefined,
    private readonly signal?: AbortSignal,
  ) {
    this.below = below === undefined || below === '' ? '' : `${below.replace(/^\/+|\/+$/g, '')}/`;
  }

  /** The path under which a file is taken; null when it is left out. */
  pathOf(name: string): string | null {
    this.seen += 1;
    if (this.seen > this.limits.files * 2) throw importRefused([`It has more than ${this.limits.files * 2} entries.`]);
    const path = safePath(name);
    if (!path.startsWith(this.below)) return null;
    if (litter.test(path)) return this.leave(path);
    if (this.files.length >= this.limits.files) throw importRefused([`It has more than ${this.limits.files} files.`]);
    return path.slice(this.below.length);
  }

  /** Reads one file to its end. */
  async add(path: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    const limit = pageOfFile(path) === null ? this.limits.fileBytes : this.limits.pageBytes;
    const read: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of chunks) {
      size += chunk.length;
      this.spend(chunk.length);
      if (size > limit) throw importRefused([`${quoted(path)} has more than ${limit} bytes.`]);
      read.push(chunk);
    }
    this.files.push({ path, bytes: Buffer.concat(read) });
  }

  /**
   * Takes the files from the one folder in which all of them are, as archives of a folder have them; the name of that
   * folder, or null.
   */
  withoutWrapping(): string | null {
    const [folder = ''] = this.files[0]?.path.split('/', 1) ?? [];
    if (!this.files.every(({ path }) => path.startsWith(`${folder}/`))) return null;
    for (const file of this.files) file.path = file.path.slice(folder.length + 1);
    return folder;
  }

  /** Counts bytes that were unpacked, whether or not they are kept. */
  spend(bytes: number): void {
    this.signal?.throwIfAborted();
    this.total += bytes;
    const { totalBytes } = this.limits;
    if (this.total > totalBytes) throw importRefused([`Unpacked it has more than ${totalBytes} bytes.`]);
  }

  private leave(path: string): null {
    this.leftOut += 1;
    this.hasHistory ||= ofHistory.test(path);
    return null;
  }
}

/** The path of an archive's entry; one that leads out of the archive refuses all of it. */
function safePath(name: string): string {
  const path = name.normalize('NFC').replace(/^(?:\.\/)+/, '');
  const climbs = path.split(/[/\\]/).some((segment) => segment === '..' || segment === '.');
  if (path === '' || path.startsWith('/') || path.includes('\0') || climbs || /^[a-z]:[/\\]/i.test(path)) {
    throw importRefused([`It holds a file at ${quoted(name)}, which leads out of it.`]);
  }
  return path;
}

/** Links lead out of an archive or in circles, and a wiki has none. */
export function linkRefused(name: string): Error {
  return importRefused([`It holds a link or device at ${quoted(name)}; a wiki holds files only.`]);
}
