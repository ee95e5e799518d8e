import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyDelta, makeDelta } from './delta.js';

describe('a delta', () => {
  const bytes = fc.uint8Array({ maxLength: 3_000 }).map((array) => Buffer.from(array));

  it('makes of its base what it was made for', () => {
    fc.assert(
      fc.property(bytes, bytes, bytes, bytes, (start, before, after, end) => {
        const [base, result] = [Buffer.concat([start, before, end]), Buffer.concat([start, after, end])];
        expect(applyDelta(base, makeDelta(base, result)).equals(result)).toBe(true);
      }),
    );
  });

  it.each([0, 1, 0xffff, 0x10000, 0x10001, 0x30000, 300_000])('copies %i bytes that stayed', (size) => {
    const kept = Buffer.alloc(size, 'abcdefg');
    const base = Buffer.concat([kept, Buffer.from('old'), kept]);
    const result = Buffer.concat([kept, Buffer.from('newer'), kept]);
    const delta = makeDelta(base, result);

    expect(applyDelta(base, delta).equals(result)).toBe(true);
    expect(delta.length).toBeLessThan(100);
  });

  it('of the same twice over is one copy', () => {
    const base = Buffer.alloc(5_000, 'aa');
    expect(applyDelta(base, makeDelta(base, base)).equals(base)).toBe(true);
    expect(makeDelta(base, base).length).toBeLessThan(16);
  });
});
