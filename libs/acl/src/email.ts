import { AclError } from './acl-errors.js';

/** Takes an e-mail address by its form; whether it reaches anybody only a letter can tell. */
export function parseEmail(input: string): string {
  const email = input.trim();
  if (email.length <= 254 && /^[^\s@<>",;\p{Cc}]+@[^\s@<>",;\p{Cc}]+$/u.test(email)) return email;
  throw new AclError('name-not-allowed', 'That is no e-mail address.', { rule: 'email', name: email.slice(0, 100) });
}
