import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { leastAgeMs } from './file-age.js';
import { breakIfStale, sweepHolders } from './ref-lock.js';
import { mainRef } from './refs.js';

/** What was left behind and has been removed. */
export interface RecoveryReport {
  staleLocks: number;
  temporaryFiles: number;
}

const temporaryMaxAgeMs = 3_600_000;
const leftover = /^(tmp_obj_|tmp_objdir-|incoming-|quarantine-)/;

/** Removes what killed processes left behind: locks of the dead, and temporary objects nobody writes any more. */
export function recover(gitDir: string): RecoveryReport {
  const locks = [mainRef, 'HEAD', 'packed-refs', 'config', 'gc.pid'].map((name) => join(gitDir, `${name}.lock`));
  const staleLocks = locks.filter((file) => breakIfStale(file, join(gitDir, 'wikibot-locks'))).length;
  sweepHolders(gitDir);
  const objects = join(gitDir, 'objects');
  return { staleLocks, temporaryFiles: sweep(objects) + sweep(join(objects, 'pack'), /^tmp_/) };
}

function sweep(folder: string, pattern = leftover): number {
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => pattern.test(name));
  } catch {
    return 0;
  }
  return names.filter((name) => removeIfOld(join(folder, name))).length;
}

function removeIfOld(path: string): boolean {
  try {
    if (leastAgeMs(statSync(path)) < temporaryMaxAgeMs) return false;
    rmSync(path, { recursive: true, force: true });
    return true;
  } catch {
    return false;
  }
}
