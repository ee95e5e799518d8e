import { describe, expect, it } from 'vitest';
import { displayPrefix, hashSecret, looksLikeToken, newSecret } from './secrets.js';

describe('the secret of a token', () => {
  it('is recognisable, and never the same twice', () => {
    const secrets = Array.from({ length: 500 }, newSecret);

    expect(new Set(secrets).size).toBe(500);
    expect(secrets.every((secret) => /^wbt_[A-Za-z0-9_-]{43}[A-Za-z0-9]{6}$/.test(secret))).toBe(true);
    expect(secrets.every(looksLikeToken)).toBe(true);
  });

  it('is told from one with any single character mistyped', () => {
    const secret = newSecret();

    for (let place = 0; place < secret.length; place += 1) {
      const other = secret[place] === 'x' ? 'y' : 'x';
      expect(looksLikeToken(secret.slice(0, place) + other + secret.slice(place + 1)), `${place}`).toBe(false);
    }
  });

  it.each(['', 'wbt_', 'secret', newSecret().slice(0, -1), `${newSecret()}x`, ` ${newSecret()}`, `${newSecret()}\n`])(
    '%j is none',
    (text) => {
      expect(looksLikeToken(text)).toBe(false);
    },
  );

  it('has a checksum that others can compute as well', () => {
    // CRC-32 of the body in base 62, worked out apart from our code.
    expect(looksLikeToken('wbt_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA1My4Fo')).toBe(true);
  });

  it('is stored as its SHA-256, beside a prefix that gives nothing away', () => {
    const secret = newSecret();

    expect(hashSecret('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(displayPrefix(secret)).toBe(secret.slice(0, 9));
  });
});
