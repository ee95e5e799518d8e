import { describe, expect, it } from 'vitest';
import { AclError } from './acl-errors.js';
import { parseEmail } from './email.js';
import { parseCustomSlug, parseDisplayName, parsePurpose, parseSlug, parseUsername } from './names.js';
import { reservedNames } from './reserved-names.js';

/** The rule a name breaks, or 'allowed'. */
function ruleOf(parse: (name: string) => unknown, name: string): unknown {
  try {
    parse(name);
    return 'allowed';
  } catch (error) {
    if (error instanceof AclError && error.code === 'name-not-allowed') return error.extra.rule;
    throw error;
  }
}

const a = (length: number) => 'a'.repeat(length);

describe.each([
  ['a username', parseUsername],
  ['a custom slug', parseCustomSlug],
])('%s', (_, parse) => {
  it.each([
    [a(2), 'length'],
    [a(3), 'allowed'],
    [a(30), 'allowed'],
    [a(31), 'length'],
    ['', 'length'],
    ['-ab', 'edge-hyphen'],
    ['ab-', 'edge-hyphen'],
    ['-a', 'length'],
    ['a-', 'length'],
    ['a-b', 'allowed'],
    ['a--b', 'double-hyphen'],
    ['xn--caf-dma', 'double-hyphen'],
    ['Alice', 'characters'],
    ['A', 'characters'],
    ['al ice', 'characters'],
    ['al_ice', 'characters'],
    ['al.ice', 'characters'],
    ['alice\n', 'characters'],
    ['ali\0ce', 'characters'],
    ['älice', 'characters'],
    ['аlice', 'characters'],
    ['123', 'allowed'],
    ['0ab', 'allowed'],
  ])('%j is %s', (name, rule) => {
    expect(ruleOf(parse, name)).toBe(rule);
  });

  it.each([...reservedNames].filter((name) => name.length >= 3))('%s is reserved', (name) => {
    expect(ruleOf(parse, name)).toBe('reserved');
  });

  it.each([
    ...['admin', 'root', 'wikibot', 'security', 'abuse', 'postmaster', 'support', 'login', 'me'],
    ...['www', 'api', 'auth', 'mcp', 'app', 'help', 'billing', 'status', 'blog', 'docs', 'robot', 'wiki', 'static'],
    ...['assets', 'null', 'undefined'],
  ])('%s looks official, or is an address of ours, and is on the list', (name) => {
    expect(reservedNames.has(name)).toBe(true);
  });
});

describe('the slug of a wiki', () => {
  it.each([
    ['', 'length'],
    ['a', 'allowed'],
    [a(64), 'allowed'],
    [a(65), 'length'],
    ['-', 'edge-hyphen'],
    ['-notes', 'edge-hyphen'],
    ['notes-', 'edge-hyphen'],
    ['my--notes', 'allowed'],
    ['Notes', 'characters'],
    ['notes.git', 'characters'],
    ...['api', 'mcp', 'auth', 'console', 'docs', 'oauth', 'me', 'new', 'settings'].map((name) => [name, 'reserved']),
    ['admin', 'allowed'],
  ])('%j is %s', (name = '', rule) => {
    expect(ruleOf(parseSlug, name)).toBe(rule);
  });
});

describe('a name shown to people', () => {
  it.each([
    ['Ada Lovelace', 'allowed'],
    ['李白', 'allowed'],
    ['نیما\u200cیوشیج', 'allowed'],
    [a(100), 'allowed'],
    [a(101), 'length'],
    ['', 'length'],
    ['   ', 'length'],
    ['Ada\nBcc: x', 'characters'],
    ['Ada\0', 'characters'],
    ['Ada <ada@example.org>', 'characters'],
    ['\u202eadA', 'characters'],
    ['Ada\u2028Lovelace', 'characters'],
    ['A\ud800', 'characters'],
  ])('%j is %s', (name, rule) => {
    expect(ruleOf(parseDisplayName, name)).toBe(rule);
  });

  it('loses blanks at its ends and is kept in one normal form', () => {
    expect(parseDisplayName('  Zoe\u0308 ')).toBe('Zo\u00eb');
  });
});

describe('a purpose', () => {
  it.each([
    [a(2000), 'allowed'],
    [a(2001), 'length'],
    ['two\nlines\tand a tab', 'allowed'],
    ['nul\0', 'characters'],
    ['half a \ud800 pair', 'characters'],
    ['turned \u202e round', 'characters'],
  ])('%j is %s', (purpose, rule) => {
    expect(ruleOf(parsePurpose, purpose)).toBe(rule);
  });

  it('is none when it is blank', () => {
    expect([parsePurpose(' \n'), parsePurpose(null), parsePurpose(' x ')]).toEqual([null, null, 'x']);
  });
});

describe('an e-mail address', () => {
  it.each([
    ['ada@example.org', 'allowed'],
    ['ada+wiki@sub.example.org', 'allowed'],
    ['ada', 'email'],
    ['ada@', 'email'],
    ['@example.org', 'email'],
    ['ada@b@c', 'email'],
    ['ada lovelace@example.org', 'email'],
    ['ada@example.org\r\nBcc: x', 'email'],
    [`${a(250)}@example.org`, 'email'],
  ])('%j is %s', (address, rule) => {
    expect(ruleOf(parseEmail, address)).toBe(rule);
  });
});
