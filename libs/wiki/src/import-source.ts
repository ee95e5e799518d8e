import { existsSync } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { importRefused } from './import-refusal.js';
import type { ImportStep } from './import-steps.js';

/** Where a wiki comes from: with a history (the first three), only with files, or told step by step by ourselves. */
export type ImportSource =
  | { kind: 'bundle'; file: string }
  | { kind: 'repository'; gitDir: string }
  | { kind: 'url'; url: string; token?: string; privateNetwork?: boolean }
  | { kind: 'folder'; folder: string }
  | { kind: 'tar'; file: string; gzip: boolean }
  | { kind: 'zip'; file: string }
  | { kind: 'steps'; steps: readonly ImportStep[] };

/** Tells by its contents what a path is; an address is taken as a git remote. */
export async function importSource(location: string, remote: { token?: string } = {}): Promise<ImportSource> {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(location)) return { kind: 'url', url: location, ...remote };
  return storedSource(location, location);
}

/** The same for what lies in a place of our own, and is called by people as it was before it came there. */
export async function storedSource(location: string, called: string): Promise<ImportSource> {
  const found = await stat(location).catch(() => null);
  if (found === null) throw importRefused([`There is nothing at ${called}.`]);
  if (found.isDirectory()) return folderSource(location);
  const head = await headOf(location);
  if (/^# v[23] git bundle\n/.test(head.toString('latin1', 0, 16))) return { kind: 'bundle', file: location };
  if (head.readUInt16BE(0) === 0x1f8b) return { kind: 'tar', file: location, gzip: true };
  if (head.toString('latin1', 257, 262) === 'ustar') return { kind: 'tar', file: location, gzip: false };
  if (head.toString('latin1', 0, 2) === 'PK') return { kind: 'zip', file: location };
  throw importRefused([`${called} is no git bundle, repository, folder, tar or zip archive.`]);
}

function folderSource(folder: string): ImportSource {
  for (const gitDir of [folder, join(folder, '.git')]) {
    if (['HEAD', 'objects', 'refs'].every((name) => existsSync(join(gitDir, name)))) {
      return { kind: 'repository', gitDir };
    }
  }
  return { kind: 'folder', folder };
}

async function headOf(file: string): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const head = Buffer.alloc(512);
    await handle.read(head, 0, head.length, 0);
    return head;
  } finally {
    await handle.close();
  }
}
