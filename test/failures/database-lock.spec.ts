import { statfsSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { exclusively } from '../../libs/postgres/src/lock.js';
import { noDisk, SmallDisk } from './kit/small-disk.js';

const missing = noDisk();
const work = () => Promise.resolve('done');

/** Who holds it may start and stop the embedded database; nobody can while it lies about. */
describe('the lock beside the embedded database', () => {
  afterEach(() => void vi.useRealTimers());

  it.skipIf(missing !== null)(
    `is not left behind without a name by a full disk${missing === null ? '' : ` (not tried: ${missing})`}`,
    async () => {
      const disk = new SmallDisk(1);
      try {
        const [file, ballast] = [join(disk.folder, 'db.lock'), join(disk.folder, 'ballast')];
        const { bavail, bsize } = statfsSync(disk.folder);
        writeFileSync(ballast, Buffer.alloc(bavail * bsize, 1));
        await expect(exclusively(file, work)).rejects.toThrow(/ENOSPC/);

        await rm(ballast);

        expect(await exclusively(file, work)).toBe('done');
      } finally {
        disk.remove();
      }
    },
  );

  it('is taken over when whoever made it never wrote a name into it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'wikibot-lock-'));
    const file = join(folder, 'db.lock');
    writeFileSync(file, '');
    vi.useFakeTimers({ toFake: ['performance'] });
    let said = '';

    const taken = exclusively(file, work).then((word) => (said = word));
    await expect.poll(() => (vi.advanceTimersByTime(2_000), said)).toBe('done');

    await taken;
    await rm(folder, { recursive: true });
  });
});
