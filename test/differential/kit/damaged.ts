import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Repository } from '@lib/git';
import type { BareRepository } from './bare-repository.js';

/** Runs something while one file of a repository has other contents, by a reader that has cached nothing. */
export async function whileDamaged<T>(
  repository: BareRepository,
  { file, bytes }: { file: string; bytes: Buffer },
  use: (reader: Repository) => Promise<T>,
): Promise<T> {
  const path = join(repository.gitDir, file);
  const before = readFileSync(path);
  const put = (contents: Buffer) => {
    rmSync(path);
    writeFileSync(path, contents);
  };
  put(bytes);
  try {
    return await use(repository.reader());
  } finally {
    put(before);
  }
}
