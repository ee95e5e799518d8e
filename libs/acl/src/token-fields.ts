import { AclError } from './acl-errors.js';
import type { Verb } from './actor.js';

const known: readonly Verb[] = ['read', 'write', 'admin'];
const longestLifeMs = 100 * 365 * 24 * 60 * 60 * 1000;

/** Takes the verbs of a new token, each once and in their order. */
export function parseVerbs(verbs: readonly Verb[]): Verb[] {
  if (verbs.length === 0 || !verbs.every((verb) => known.includes(verb))) {
    throw new AclError('name-not-allowed', 'A token has at least one of the verbs read, write and admin.', {
      rule: 'verbs',
    });
  }
  return known.filter((verb) => verbs.includes(verb));
}

/** Takes the end of a new token; one that has ended already helps nobody. */
export function parseExpiry(expiresAt: Date | null): Date | null {
  if (expiresAt === null) return null;
  const left = expiresAt.getTime() - Date.now();
  if (left > 0 && left <= longestLifeMs) return expiresAt;
  throw new AclError('expiry-not-allowed', 'A token ends in the future, within a hundred years, or never.');
}
