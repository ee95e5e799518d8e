import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface Postmaster {
  pid: number;
  port: number;
  ready: boolean;
}

/** True while a process of this id lives and is not a zombie; `name` also has to be in its command when given. */
export function isAlive(pid: number, name?: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  try {
    const [, command = '', state = ''] = /^\d+ \((.*)\) (\S)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    return state !== 'Z' && (name === undefined || command.includes(name));
  } catch {
    return true;
  }
}

/**
 * Who serves a data directory, from its postmaster.pid (line 1 pid, 4 port, 8 status).
 * A file left by a dead server is removed: PostgreSQL would refuse to start beside it.
 */
export function postmasterOf(dir: string): Postmaster | null {
  const file = join(dir, 'postmaster.pid');
  let lines: string[];
  try {
    lines = readFileSync(file, 'utf8').split('\n');
  } catch {
    return null;
  }
  // A server that starts has made the file before it writes its number into it: that moment is no death.
  if (lines.length < 2) return removeOld(file);
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid, 'postgres')) {
    rmSync(file, { force: true });
    return null;
  }
  return { pid, port: Number(lines[3]), ready: (lines[7] ?? '').trim() === 'ready' };
}

/** A file without a number that nobody has filled for this long was left by a server that died while starting. */
const unfilledMs = 10_000;

function removeOld(file: string): null {
  try {
    // Whichever of the two is less: a clock that was set while we run must not make a young file old.
    const now = Math.min(Date.now(), performance.timeOrigin + performance.now());
    if (now - statSync(file).mtimeMs > unfilledMs) rmSync(file, { force: true });
  } catch {
    // Its server has removed it.
  }
  return null;
}
