import { AclError } from './acl-errors.js';
import { reservedNames, reservedSlugs } from './reserved-names.js';

/** What a username or a custom slug looks like; the rules beside it are two hyphens in a row and the reserved list. */
export const usernamePattern = /^[a-z0-9][a-z0-9-]{1,28}[a-z0-9]$/;

/** What the slug of a wiki looks like. */
export const slugPattern = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;

interface Rules {
  what: string;
  min: number;
  max: number;
  reserved: ReadonlySet<string>;
  /** It becomes a label of a host name, where two hyphens mark an encoding. */
  isHost?: true;
}

/** Takes a username, or refuses it with the rule it breaks. */
export function parseUsername(input: string): string {
  return parse(input, { what: 'A username', min: 3, max: 30, reserved: reservedNames, isHost: true });
}

/** Takes a custom slug: it becomes a host name and shares its namespace with usernames, so it has their rules. */
export function parseCustomSlug(input: string): string {
  return parse(input, { what: 'A custom slug', min: 3, max: 30, reserved: reservedNames, isHost: true });
}

/** Takes the slug of a wiki under its owner, or refuses it with the rule it breaks. */
export function parseSlug(input: string): string {
  return parse(input, { what: 'The slug of a wiki', min: 1, max: 64, reserved: reservedSlugs });
}

/** Takes a name shown to people: it ends up in commits and pages, so it may not carry line breaks or brackets. */
export function parseDisplayName(input: string, what = 'A display name'): string {
  const name = input.normalize('NFC').trim();
  if (name === '' || name.length > 100) throw refused(input, 'length', `${what} has 1 to 100 characters.`);
  if (/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}<>\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u.test(name)) {
    throw refused(input, 'characters', `${what} may not hold control or invisible characters, "<" or ">".`);
  }
  return name;
}

// Names that are addresses are there to be clicked.
const address =
  /:\/\/|\bwww\.|\b[\p{L}\p{N}-]+\.(?:com|net|org|info|biz|io|ru|cn|xyz|top|site|online|shop|app|dev|link|click)\b/iu;

/** Takes the name of a person: that of others may be anything that can be shown, this one no address. */
export function parsePersonName(input: string): string {
  const name = parseDisplayName(input);
  if (address.test(name)) throw refused(input, 'address', 'A display name may not be or hold a web address.');
  return name;
}

/** Takes what a wiki is for: a paragraph or a few, which agents read first. Blank is none. */
export function parsePurpose(input: string | null): string | null {
  const purpose = input?.normalize('NFC').trim() ?? '';
  if (purpose === '') return null;
  if (purpose.length > 2000) throw refused(purpose, 'length', 'A purpose has at most 2000 characters.');
  if (/[\p{Cs}\u202a-\u202e\u2066-\u2069]|(?![\n\r\t])\p{Cc}/u.test(purpose)) {
    throw refused(purpose, 'characters', 'A purpose may not hold control or invisible characters.');
  }
  return purpose;
}

function parse(input: string, { what, min, max, reserved, isHost }: Rules): string {
  if (/[^a-z0-9-]/.test(input)) {
    throw refused(input, 'characters', `${what} is made of the letters a-z, digits and hyphens, in lower case.`);
  }
  if (input.length < min || input.length > max) {
    throw refused(input, 'length', `${what} has ${min} to ${max} characters; this one has ${input.length}.`);
  }
  if (input.startsWith('-') || input.endsWith('-')) {
    throw refused(input, 'edge-hyphen', `${what} may not begin or end with a hyphen.`);
  }
  if (isHost && input.includes('--')) {
    throw refused(input, 'double-hyphen', `${what} may not hold two hyphens in a row (nor be punycode, "xn--…").`);
  }
  if (reserved.has(input)) throw refused(input, 'reserved', `"${input}" is reserved. Choose another name.`);
  return input;
}

function refused(name: string, rule: string, message: string): AclError {
  return new AclError('name-not-allowed', message, { rule, name: name.slice(0, 100) });
}
