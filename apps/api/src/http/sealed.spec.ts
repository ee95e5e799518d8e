import { describe, expect, it } from 'vitest';
import { seal, unseal } from './sealed.js';

const own = { secret: 'a session', purpose: '/a page' };

describe('a sealed text', () => {
  it('is opened by the same secret for the same purpose, and is another one each time', () => {
    const [one, two] = [seal('wbt_secret ä', own), seal('wbt_secret ä', own)];

    expect([unseal(one, own), unseal(two, own)]).toEqual(['wbt_secret ä', 'wbt_secret ä']);
    expect(one).not.toBe(two);
    expect(Buffer.from(one, 'base64url').includes('wbt_')).toBe(false);
  });

  it('is nothing to anybody else, nor when something of it was changed', () => {
    const sealed = seal('wbt_secret', own);
    const changed = Array.from(Buffer.from(sealed, 'base64url'), (_, at) => {
      const bytes = Buffer.from(sealed, 'base64url');
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      return bytes.toString('base64url');
    });

    expect(unseal(sealed, { ...own, secret: 'another' })).toBeNull();
    expect(unseal(sealed, { ...own, purpose: '/another' })).toBeNull();
    expect(['', 'x', 'ä', sealed.slice(0, 30), sealed.slice(0, -4), ...changed].map((one) => unseal(one, own))).toEqual(
      Array.from({ length: 5 + changed.length }, () => null),
    );
  });
});
