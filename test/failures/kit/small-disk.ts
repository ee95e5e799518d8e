import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Why no disk of its own can be had here; null when it can. Only root may mount, and not in every container. */
export const noDisk = (): string | null => {
  const folder = mkdtempSync(join(tmpdir(), 'wikibot-mount-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]);
  if (status === 0) spawnSync('umount', [folder]);
  rmSync(folder, { recursive: true });
  return status === 0 ? null : 'a small disk needs the right to mount one';
};

/** A file system in memory of so many MiB, which can be made read-only and writable again. */
export class SmallDisk {
  readonly folder = mkdtempSync(join(tmpdir(), 'wikibot-disk-'));

  constructor(mebibytes: number) {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', this.folder]);
  }

  readOnly(isReadOnly: boolean): void {
    execFileSync('mount', ['-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, this.folder]);
  }

  remove(): void {
    // Lazily: what a server of the test still has open must not keep it.
    execFileSync('umount', ['-l', this.folder]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
