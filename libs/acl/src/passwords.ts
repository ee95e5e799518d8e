import { hash, verify } from '@node-rs/argon2';

// argon2id, the library's default algorithm, at the OWASP minimum; its enum cannot be named under isolated modules.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

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
