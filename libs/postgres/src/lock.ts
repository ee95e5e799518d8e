import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { isAlive } from './postmaster.js';

/** Runs `work` while no other process of this machine does the same under this lock file. */
export async function exclusively<T>(file: string, work: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + 60_000;
  while (!take(file)) {
    if (performance.now() > deadline) throw new Error(`${file} is held by another process for more than a minute.`);
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
    writeSync(fd, `${process.pid}\n`);
    closeSync(fd);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const holder = Number(readHolder(file));
  // An empty file belongs to somebody who is about to write its name into it.
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
