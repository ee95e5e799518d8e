import { randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inflateExactly } from './inflate.js';

describe('inflating', () => {
  it.each([0, 1, 63, 64, 65, 3_000, 16_384, 100_000, (1 << 20) + 5])('gives back %d bytes', async (size) => {
    const bytes = randomBytes(size);

    expect((await inflateExactly(deflateSync(bytes), size, 'it')).equals(bytes)).toBe(true);
  });

  it.each([0, 99, 101, 5_000])('refuses 100 bytes where %d are announced', async (size) => {
    await expect(inflateExactly(deflateSync(randomBytes(100)), size, 'it')).rejects.toMatchObject({
      code: 'object-corrupt',
    });
  });
});
