import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { syncFolder, written, type WrittenFile } from './durable.js';
import { leastAgeMs, unchangedForMs } from './file-age.js';
import { GitError } from './git-errors.js';

/** A holder on another machine, or one we cannot name (git itself), is believed dead after this long without a sign. */
const foreignSilenceMs = 60_000;
const giveUpMs = 5_000;
let serial = 0;

/** When this process started, so that another one with the same id is not taken for it. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : (fields[19] ?? '0');
  } catch {
    try {
      process.kill(pid, 0);
      return '0';
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'EPERM' ? '0' : null;
    }
  }
}

const me = `${hostname().replace(/[^A-Za-z0-9.-]/g, '_')}~${process.pid}~${startOf(process.pid) ?? '0'}`;

/**
 * git's own lock on a ref (`main.lock`), made as a hard link to a file named after its holder, so that a lock
 * left by a killed process is recognised by the holder's death and not guessed from its age.
 */
export class RefLock {
  private constructor(
    private readonly file: string,
    private readonly holder: string,
  ) {}

  static async take(gitDir: string, ref: string): Promise<RefLock> {
    const file = join(gitDir, `${ref}.lock`);
    const holders = join(gitDir, 'wikibot-locks');
    const holder = join(holders, `${me}~${serial++}`);
    mkdirSync(holders, { recursive: true, mode: 0o700 });
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(holder, '', { flag: 'wx', mode: 0o644 });
    const deadline = performance.now() + giveUpMs;
    while (!link(holder, file)) {
      breakIfStale(file, holders);
      if (performance.now() > deadline) {
        rmSync(holder, { force: true });
        throw lost();
      }
      await wait(1 + Math.random() * 4);
    }
    return new RefLock(file, holder);
  }

  /** Writes the new value where it is not the ref's yet. */
  prepare(value: string): Promise<WrittenFile> {
    return written({ file: this.holder, bytes: Buffer.from(`${value}\n`) }, { mode: 0o644, isNew: false });
  }

  /** Puts what was prepared in place of the ref and makes it durable; the lock ends with it. */
  async commit(): Promise<void> {
    // Somebody who took us for dead may have removed the lock; what lies there now would be another's.
    if (inodeOf(this.file) !== inodeOf(this.holder)) throw lost();
    renameSync(this.file, this.file.slice(0, -'.lock'.length));
    await syncFolder(dirname(this.file));
    rmSync(this.holder, { force: true });
  }

  release(): void {
    if (inodeOf(this.file) === inodeOf(this.holder)) rmSync(this.file, { force: true });
    rmSync(this.holder, { force: true });
  }
}

const lost = (): GitError => new GitError('busy', 'The wiki is being changed by somebody else. Try again in a moment.');

function link(holder: string, file: string): boolean {
  try {
    linkSync(holder, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Removes a lock whose holder is dead; returns true when it did. */
export function breakIfStale(file: string, holders: string): boolean {
  try {
    const seen = statSync(file);
    const { ino } = seen;
    const names = readdirSync(holders);
    const name = names.find((candidate) => inodeOf(join(holders, candidate)) === ino);
    if (mayLive(name ?? null, () => unchangedForMs(file, seen))) return false;
    // Looked at once more: the lock may have changed hands since.
    if (statSync(file).ino !== ino) return false;
    unlinkSync(file);
    if (name !== undefined) rmSync(join(holders, name), { force: true });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

function mayLive(holder: string | null, silenceMs: () => number): boolean {
  const [host = '', pid = '', start = ''] = holder?.split('~') ?? [];
  if (host !== me.split('~')[0]) return silenceMs() < foreignSilenceMs;
  return startOf(Number(pid)) === start;
}

function inodeOf(file: string): number | null {
  try {
    return statSync(file).ino;
  } catch {
    return null;
  }
}

/** Forgets holder files of dead processes of this machine that hold no lock. */
export function sweepHolders(gitDir: string): void {
  const holders = join(gitDir, 'wikibot-locks');
  let names: string[];
  try {
    names = readdirSync(holders);
  } catch {
    return;
  }
  for (const name of names) {
    const file = join(holders, name);
    try {
      const seen = statSync(file);
      if (!mayLive(name, () => leastAgeMs(seen))) rmSync(file, { force: true });
    } catch {
      // Its owner removed it first.
    }
  }
}
