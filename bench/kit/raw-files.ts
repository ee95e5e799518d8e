import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes so many bytes to each of some new files, all at once, and waits until they and their folder are durable. */
export async function writeDurably(folder: string, turn: number, sizes: readonly number[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  await Promise.all(
    sizes.map(async (size, at) => {
      const file = await open(join(folder, `${turn}-${at}`), 'w');
      await file.write(Buffer.alloc(size, at));
      await file.datasync();
      await file.close();
    }),
  );
  const here = await open(folder, 'r');
  await here.sync();
  await here.close();
}
