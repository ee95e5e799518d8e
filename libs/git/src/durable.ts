import { closeSync, constants, fdatasync, fsync, openSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';

const fsyncAsync = promisify(fsync);
/** Makes durable what was written to an open file. */
export const syncContents: (fd: number) => Promise<void> = promisify(fdatasync);
/** Above this, writing holds up others, and goes in pieces. */
const pieceBytes = 1 << 20;

// Opening and writing a small file takes microseconds; making it durable takes milliseconds. So only that is waited
// for off the event loop: every hop to another thread costs more than the short calls.

/** Makes the entries of a folder durable: a rename survives a power cut only after this. */
export async function syncFolder(folder: string): Promise<void> {
  const fd = openSync(folder, 'r');
  try {
    await fsyncAsync(fd);
  } finally {
    closeSync(fd);
  }
}

/** A file that is written; what is in it is durable once `sync` has resolved. */
export interface WrittenFile {
  sync(): Promise<void>;
  close(): void;
}

interface FileBytes {
  file: string;
  bytes: Buffer;
}

interface Opening {
  mode: number;
  isNew: boolean;
}

/** Writes a new file, or over an old one; its name is the caller's to sync. */
export async function written({ file, bytes }: FileBytes, { mode, isNew }: Opening): Promise<WrittenFile> {
  const { O_WRONLY, O_CREAT, O_EXCL, O_TRUNC } = constants;
  const fd = openSync(file, O_WRONLY | O_CREAT | (isNew ? O_EXCL : O_TRUNC), mode);
  try {
    for (let at = 0; at < bytes.length;) {
      at += writeSync(fd, bytes, at, Math.min(pieceBytes, bytes.length - at));
      if (at < bytes.length) await new Promise(setImmediate);
    }
  } catch (error) {
    closeSync(fd);
    throw error;
  }
  return openFile(fd);
}

/** What was written by way of a descriptor. */
export const openFile = (fd: number): WrittenFile => ({ sync: () => syncContents(fd), close: () => closeSync(fd) });

/**
 * Writes files and makes their contents durable. All are written first: while the file system makes one durable, it
 * lets nobody make another, and what is written by then it makes durable in one go.
 */
export async function writeDurably(files: FileBytes[], opening: Opening): Promise<void> {
  const open: WrittenFile[] = [];
  try {
    for (const one of files) open.push(await written(one, opening));
    await eachOf(open, open.length, (file) => file.sync());
  } finally {
    for (const file of open) file.close();
  }
}

/** Runs `work` over all items, at most `width` at a time; waits for all that began even when one fails. */
export async function eachOf<T>(items: Iterable<T>, width: number, work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items].reverse();
  const lane = async () => {
    for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) await work(item);
  };
  const results = await Promise.allSettled(Array.from({ length: width }, lane));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
