import { hash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/*
 * A token is `wbt_`, 32 random bytes in base64url (43 characters), and the CRC-32 of all that in base 62
 * (6 characters, most significant first, digits 0-9 A-Z a-z). The checksum keeps typing errors and guesses
 * from the database, and lets secret scanners tell a real token from a look-alike. It guards nothing.
 */
const shape = /^wbt_[A-Za-z0-9_-]{43}[0-9A-Za-z]{6}$/;
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A fresh token secret; it is shown once and never stored. */
export function newSecret(): string {
  const body = `wbt_${randomBytes(32).toString('base64url')}`;
  return body + checksum(body);
}

/** Whether a text is a whole, correctly spelled token of ours (not whether it is valid). */
export function looksLikeToken(text: string): boolean {
  return shape.test(text) && checksum(text.slice(0, -6)) === text.slice(-6);
}

/** What is stored instead of the secret. The secret is random, so a slow hash would add nothing but load. */
export function hashSecret(secret: string): string {
  return hash('sha256', secret, 'hex');
}

/** The first characters of a secret, enough for its owner to recognise it. */
export function displayPrefix(secret: string): string {
  return secret.slice(0, 9);
}

function checksum(body: string): string {
  let rest = crc32(body);
  let text = '';
  for (let place = 0; place < 6; place += 1) {
    text = digits.charAt(rest % 62) + text;
    rest = Math.floor(rest / 62);
  }
  return text;
}
