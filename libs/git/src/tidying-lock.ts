import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { unchangedForMs } from './file-age.js';

/** git, too, believes that no tidying takes longer: https://github.com/git/git/blob/v2.39.5/builtin/gc.c */
const longestMs = 12 * 3_600_000;
/** What this process tidies; a number like its own may be left from the process before a restart. */
const own = new Set<string>();

/**
 * Does the work while nobody else tidies the repository; null when somebody does. Two tidyings at once lose objects: one
 * unpacks what no ref names yet and removes the pack, while the other removes what it unpacked as being in that pack.
 * The locks are git's own, so `git gc` and `git maintenance` wait their turn, and so does a server on another machine.
 */
export async function whileTidying<T>(gitDir: string, work: () => Promise<T>): Promise<T | null> {
  if (own.has(gitDir) || !takeGcPid(gitDir)) return null;
  own.add(gitDir);
  try {
    if (!takeMaintenanceLock(gitDir)) return null;
    try {
      return await work();
    } finally {
      rmSync(maintenanceLock(gitDir), { force: true });
    }
  } finally {
    rmSync(gcPid(gitDir), { force: true });
    own.delete(gitDir);
  }
}

const gcPid = (gitDir: string): string => join(gitDir, 'gc.pid');
const maintenanceLock = (gitDir: string): string => join(gitDir, 'objects', 'maintenance.lock');
const me = (): string => `${process.pid} ${hostname()}`;

/** As git takes it: by a lock file that becomes the pid file. */
function takeGcPid(gitDir: string): boolean {
  const file = gcPid(gitDir);
  const lock = `${file}.lock`;
  if (!create(lock)) return false;
  if (isHeld(file)) {
    rmSync(lock, { force: true });
    return false;
  }
  renameSync(lock, file);
  return true;
}

/** git leaves this one empty, so of git's own nothing tells whether its holder lives but the age. */
function takeMaintenanceLock(gitDir: string): boolean {
  const file = maintenanceLock(gitDir);
  if (create(file)) return true;
  if (isHeld(file)) return false;
  rmSync(file, { force: true });
  return create(file);
}

function create(file: string): boolean {
  try {
    writeFileSync(file, me(), { flag: 'wx', mode: 0o644 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function isHeld(file: string): boolean {
  let text: string;
  try {
    if (unchangedForMs(file, statSync(file)) > longestMs) return false;
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
  const [, pid, host] = /^(\d+) (\S+)/.exec(text) ?? [];
  // Of a holder on another machine, or one that does not say who it is, nothing is known but that it came lately.
  return pid === undefined || host !== hostname() || (Number(pid) !== process.pid && isAlive(Number(pid)));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
