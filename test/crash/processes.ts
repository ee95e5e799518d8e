import { readdirSync, readFileSync } from 'node:fs';

interface Process {
  pid: number;
  parent: number;
  command: string;
}

/** Every process of this machine that lives. */
function all(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0').join(' ');
        return state === 'Z' ? [] : [{ pid: Number(name), parent: Number(parent), command }];
      } catch {
        // It ended while we looked.
        return [];
      }
    });
}

/** What a process started, and what that started, the eldest first; only those whose command fits. */
export function below(pid: number, command: RegExp = /^/): number[] {
  // Below nobody's number, 0, is the whole machine.
  if (!(pid > 0)) return [];
  const everybody = all();
  const found: Process[] = [];
  const parents = [pid];
  for (let parent = parents.shift(); parent !== undefined; parent = parents.shift()) {
    const children = everybody.filter((one) => one.parent === parent);
    found.push(...children);
    parents.push(...children.map((child) => child.pid));
  }
  return found.filter((one) => command.test(one.command)).map((one) => one.pid);
}

/** The children of a process, quickly: what lives for milliseconds is gone before everybody has been asked for a parent. */
export function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** Ends a process without a warning; false when it was gone already, or never found. */
export function killNow(pid: number | null | undefined): boolean {
  // Nobody's number, 0, would be everybody in our own group, the tests first of all.
  if (pid === null || pid === undefined || !(pid > 0)) return false;
  try {
    process.kill(pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}
