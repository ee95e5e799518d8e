import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { isAlive } from './postmaster.js';

const namelessMs = 10_000;

/** Runs `work` while no other process of this machine does the same under this lock file. */
export async function exclusively<T>(file: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  for (let namelessSince: number | null = null; !take(file);) {
    const now = performance.now();
    // An empty file belongs to somebody who is about to write a name into it; one that stays empty, to nobody.
    namelessSince = readHolder(file) === '' ? (namelessSince ?? now) : null;
    if (namelessSince !== null && now - namelessSince > namelessMs) rmSync(file, { force: true });
    if (now - started > 60_000) throw new Error(`${file} is held by another process for more than a minute.`);
    await wait(25);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file: string): boolean {
  try {
    const fd = openSync(file, 'wx', 0o600);
    try {
      writeSync(fd, `${process.pid}\n`);
    } catch (error) {
      // A full disk takes the file and not its contents; left behind, it would keep everybody out for ever.
      rmSync(file, { force: true });
      throw error;
    } finally {
      closeSync(fd);
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const holder = Number(readHolder(file));
  if (Number.isInteger(holder) && holder > 0 && !isAlive(holder)) rmSync(file, { force: true });
  return false;
}

function readHolder(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
