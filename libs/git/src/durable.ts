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

/** Writes a new file, or over an old one, and makes its contents durable; its name is the caller's to sync. */
export async function writeDurably(
  file: string,
  bytes: Buffer,
  { mode, isNew }: { mode: number; isNew: boolean },
): Promise<void> {
  const { O_WRONLY, O_CREAT, O_EXCL, O_TRUNC } = constants;
  const fd = openSync(file, O_WRONLY | O_CREAT | (isNew ? O_EXCL : O_TRUNC), mode);
  try {
    for (let at = 0; at < bytes.length;) {
      at += writeSync(fd, bytes, at, Math.min(pieceBytes, bytes.length - at));
      if (at < bytes.length) await new Promise(setImmediate);
    }
    await syncContents(fd);
  } finally {
    closeSync(fd);
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
