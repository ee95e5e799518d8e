import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cursorOf, placeOf } from '../../src/cursors.js';
import { runs } from './kit/runs.js';

const part = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.maxSafeInteger());
const isPlain = (place: (string | number)[]) => !place.some((one) => String(one).includes('\0'));
const place = fc.array(part, { maxLength: 4 }).filter(isPlain);
const kindsOf = (parts: (string | number)[]) => parts.map((one) => (typeof one === 'string' ? 'string' : 'number'));

/** The place a cursor names, or the code of the refusal. */
function read(list: string, kinds: ('string' | 'number')[], cursor: string): unknown {
  try {
    return placeOf(list, kinds, cursor);
  } catch (error) {
    return (error as { code?: string }).code;
  }
}

describe('a cursor', () => {
  it('comes back as the place it was made of, and can stand in an address as it is', () => {
    fc.assert(
      fc.property(fc.string(), place, (list, parts) => {
        const cursor = cursorOf(list, parts);
        expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
        // JSON knows no minus before zero.
        expect(read(list, kindsOf(parts), cursor)).toEqual(parts.map((one) => (one === 0 ? 0 : one)));
      }),
      runs(2000),
    );
  });

  it('of another list, or of another kind of place, is refused', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), place, place, (list, other, parts, others) => {
        const cursor = cursorOf(list, parts);
        if (other !== list) expect(read(other, kindsOf(parts), cursor)).toBe('bad-cursor');
        const kinds = kindsOf(others);
        if (kinds.join() !== kindsOf(parts).join()) expect(read(list, kinds, cursor)).toBe('bad-cursor');
      }),
      runs(2000),
    );
  });

  it('that somebody made up is a place of the right kind or refused, and never anything else', () => {
    const json = fc.json().map((text) => Buffer.from(text).toString('base64url'));
    const own = fc
      .array(fc.oneof(part, fc.constant(null), fc.double(), fc.constant({})))
      .map((parts) => Buffer.from(JSON.stringify(['pages', ...parts])).toString('base64url'));
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), json, own), (cursor) => {
        const found = read('pages', ['string', 'number'], cursor);
        if (found === 'bad-cursor') return;
        expect(found).toEqual([expect.any(String), expect.any(Number)]);
        expect(JSON.stringify(found)).not.toContain('\\u0000');
      }),
      runs(2000),
    );
  });
});
