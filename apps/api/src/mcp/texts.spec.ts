import { AclError } from '@lib/acl';
import { WikiError } from '@lib/wiki';
import { describe, expect, it } from 'vitest';
import { frontmatterLine } from './frontmatter-line.js';
import { instant } from './instant.js';
import { isOwnOrigin } from './own-origin.js';
import { pageUri, readPageUri } from './page-uri.js';
import { refusalText } from './refusal-text.js';
import { wikiOf } from './wiki-name.js';
import { aWikiRef } from '../../../../libs/acl/src/testing/an-access.js';

describe('refusals in words', () => {
  it.each([
    [new WikiError('page-not-found', 'There is no page "X".'), /^Page not found: There is no page "X"\.\n.*write_note/],
    [
      new WikiError('page-moved-on', 'X changed.', { current_revision: 'abc' }),
      /^Conflict: X changed\.\n.*\nCurrent revision: abc$/,
    ],
    [new WikiError('revision-required', 'X exists.'), /^Conflict: Revision required: X exists\./],
    [new WikiError('edit-not-found', 'It is not there.'), /^Invalid request: It is not there\./],
    [new WikiError('page-too-large', 'Too long.'), /^Content too large: Too long\./],
    [new WikiError('section-not-found', "Section not found: 'q'."), /^Section not found: 'q'\.$/],
    [new AclError('denied', 'No.'), /^Not allowed: No\./],
    [new AclError('sign-in-required', 'Sign in.'), /^Sign-in required: Sign in\./],
  ])('%s', (error, expected) => {
    expect(refusalText(error).text).toMatch(expected);
  });

  it('what is our fault says nothing of itself', () => {
    const { text } = refusalText(new Error('connect ECONNREFUSED /secret/path'), 'r1');

    expect(text).toMatch(/^Wiki error: .*request id r1\.$/);
    expect(text).not.toContain('secret');
  });
});

describe('small readings', () => {
  it('frontmatter is one line in the order of its author', () => {
    const frontmatter = { zeta: 1, title: 'x', last_seen: 'y', tags: ['b', 'a'], empty: '', none: [], no: null };

    expect(frontmatterLine(frontmatter)).toBe('Zeta: 1 | Last Seen: y | Tags: b, a');
  });

  it.each([
    ['2026-01-31', '2026-01-31T00:00:00.000Z'],
    ['2026-01-31T12:00', '2026-01-31T12:00:00.000Z'],
    ['2026-01-31 12:00:01', '2026-01-31T12:00:01.000Z'],
    ['2026-01-31T12:00:00+02:00', '2026-01-31T10:00:00.000Z'],
  ])('%s is an instant', (text, expected) => {
    expect(instant(text)?.toISOString()).toBe(expected);
  });

  it.each(['yesterday', '2026-13-01', '31.1.2026', '1'])('%s is no instant', (text) => {
    expect(() => instant(text)).toThrow(WikiError);
  });

  it.each(['Home', 'Actors/Iran', 'a b/ü?#%/ß', '100%'])('the URI of %s names it', (path) => {
    const uri = pageUri(aWikiRef(), path);

    expect(new URL(uri).toString()).toBe(uri);
    expect(readPageUri(uri)).toEqual({ owner: 'alice', slug: 'notes', path });
  });

  it.each(['wiki://alice/notes', 'wiki://alice/notes/%ff', 'http://alice/notes/Home', 'wiki:///notes/Home'])(
    '%s names no page',
    (uri) => {
      expect(readPageUri(uri)).toBeNull();
    },
  );

  it('the wiki is taken out of the arguments of a tool', () => {
    expect(wikiOf({ wiki: 'alice/notes', path: 'Home' })).toEqual({
      address: { owner: 'alice', slug: 'notes' },
      rest: { path: 'Home' },
    });
    for (const wiki of [undefined, 1, '', 'alice', 'a/b/c', {}]) expect(() => wikiOf({ wiki })).toThrow(/owner\/slug/);
  });
});

describe('origins', () => {
  const addresses = {
    origin: 'https://wiki.host',
    originOf: (host = '') => (host === 'alice.wiki.host' ? 'https://alice.wiki.host' : 'https://wiki.host'),
  };
  const own = (origin: string, host = 'wiki.host') => isOwnOrigin(origin, host, addresses as never);

  it('ours are let in', () => {
    expect(own('https://wiki.host')).toBe(true);
    expect(own('https://alice.wiki.host', 'alice.wiki.host')).toBe(true);
    expect(own('http://localhost:8080', 'localhost:8080')).toBe(true);
  });

  it.each([
    'https://evil',
    'null',
    'http://localhost:9',
    'https://sub.wiki.host.evil',
    'http://wiki.host',
    'https://bob.wiki.host',
    '',
  ])('%s is not', (origin) => {
    expect(own(origin)).toBe(false);
  });
});
