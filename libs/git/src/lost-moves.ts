import { closeSync, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs';
import { syncContents } from './durable.js';
import { logFile } from './moves.js';
import { RefLock } from './ref-lock.js';
import { mainRef, readRef } from './refs.js';

/** Far more than one round of moves takes; a power cut loses one round. */
const tailBytes = 64 << 10;

/**
 * Cuts off the records of moves that never came to be. A power cut may keep them and lose the objects they name, in part
 * or whole, and git takes a record of what is missing for damage. True when there were any.
 */
export async function dropLostMoves(gitDir: string): Promise<boolean> {
  if (lostFrom(gitDir) === null) return false;
  const lock = await RefLock.take(gitDir, mainRef);
  try {
    // Another process may have been about to make them come true, or may have cut them off.
    const length = lostFrom(gitDir);
    if (length !== null) await cut(logFile(gitDir), length);
    return length !== null;
  } finally {
    lock.release();
  }
}

/** Where in the log the records after that of the tip begin; null when there are none, or the tip has no record. */
function lostFrom(gitDir: string): number | null {
  const tip = readRef(gitDir, mainRef);
  const { text, start } = tailOf(logFile(gitDir));
  for (let end = text.length; end > 0;) {
    const begin = end < 2 ? 0 : text.lastIndexOf('\n', end - 2) + 1;
    // What begins before the tail is not whole here.
    if (begin === 0 && start > 0) return null;
    const [, after] = /^[0-9a-f]{40} ([0-9a-f]{40}) /.exec(text.slice(begin, end)) ?? [];
    if (after !== undefined && after === tip) return end < text.length ? start + end : null;
    end = begin;
  }
  return tip === null && text !== '' ? 0 : null;
}

/** The end of a file, one character for each byte. */
function tailOf(file: string): { text: string; start: number } {
  let fd: number;
  try {
    fd = openSync(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { text: '', start: 0 };
    throw error;
  }
  try {
    const { size } = fstatSync(fd);
    const start = Math.max(0, size - tailBytes);
    const bytes = Buffer.alloc(size - start);
    const read = readSync(fd, bytes, 0, bytes.length, start);
    return { text: bytes.toString('latin1', 0, read), start };
  } finally {
    closeSync(fd);
  }
}

async function cut(file: string, length: number): Promise<void> {
  const fd = openSync(file, 'r+');
  try {
    ftruncateSync(fd, length);
    await syncContents(fd);
  } finally {
    closeSync(fd);
  }
}
