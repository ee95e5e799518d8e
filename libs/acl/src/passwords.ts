import { hash, verify } from '@node-rs/argon2';
import { AclError } from './acl-errors.js';

// argon2id, the library's default algorithm, at the OWASP minimum; its enum cannot be named under isolated modules.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** A shorter password is refused. */
export const shortestPassword = 8;

/** Beyond this a password is refused before it is hashed, so that nobody makes us hash books. */
export const longestPassword = 256;

/** Takes a new password, or refuses it with the rule it breaks. */
export function parsePassword(password: string): string {
  if (password.length >= shortestPassword && password.length <= longestPassword) return password;
  const message = `A password has ${shortestPassword} to ${longestPassword} characters.`;
  throw new AclError('password-not-allowed', message, { min: shortestPassword, max: longestPassword });
}

/** The hash of a password, as a PHC string. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

let standIn: Promise<string> | null = null;

/** Checks a password; without a stored hash it takes as long and says no, so that time tells nobody who exists. */
export async function passwordMatches(stored: string | null, password: string): Promise<boolean> {
  standIn ??= hashPassword('nobody has this password');
  const matches = await verify(stored ?? (await standIn), password);
  return stored !== null && matches;
}
