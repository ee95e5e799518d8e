import { createReadStream } from 'node:fs';
import { opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { linkRefused, type FileBasket } from './import-files.js';

/** Reads a folder of files. */
export async function readFolder(folder: string, basket: FileBasket, under = ''): Promise<void> {
  for await (const entry of await opendir(join(folder, under))) {
    const name = under === '' ? entry.name : `${under}/${entry.name}`;
    if (entry.isDirectory()) {
      if (entry.name !== '.git') await readFolder(folder, basket, name);
      continue;
    }
    const path = basket.pathOf(name);
    if (path === null) continue;
    if (!entry.isFile()) throw linkRefused(name);
    await basket.add(path, createReadStream(join(folder, name)));
  }
}
