import { describe, expect, it } from 'vitest';
import { surfaceOf } from './address.js';

const hosts = { base: 'wikibot.test' };
const at = (host: string, url: string) => surfaceOf(host, url, hosts);
const notes = { owner: 'alice', slug: 'notes' };

describe('what an address means', () => {
  it.each([
    ['wikibot.test', '/@alice/notes/api/v1/pages?x=1', '/api/v1/pages?x=1'],
    ['wikibot.test:8080', '/%40alice/notes/mcp', '/mcp'],
    ['WIKIBOT.TEST', '/@alice/notes', ''],
    ['127.0.0.1:9', '/@alice/notes/', ''],
    ['alice.wikibot.test', '/notes/api/v1', '/api/v1'],
  ])('%s%s is a wiki', (host, url, path) => {
    expect(at(host, url)).toEqual({ kind: 'wiki', address: notes, path });
  });

  it.each([
    ['field-notes.wikibot.test', '/api/v1/pages/A', '/api/v1/pages/A'],
    ['wikibot.test', '/@field-notes/mcp', '/mcp'],
    ['field-notes.wikibot.test', '/', ''],
  ])('%s%s is a wiki by its custom slug', (host, url, path) => {
    expect(at(host, url)).toEqual({ kind: 'wiki', address: { customSlug: 'field-notes' }, path });
  });

  it('git has its own address', () => {
    const path = '/info/refs?service=git-upload-pack';

    expect(at('wikibot.test', `/@alice/notes.git${path}`)).toEqual({ kind: 'git', address: notes, path });
    expect(at('alice.wikibot.test', `/notes.git${path}`)).toEqual({ kind: 'git', address: notes, path });
  });

  it.each([
    ['Actors%2FIran', 'Actors%2FIran'],
    ['Actors/Iran', 'Actors%2FIran'],
    ['Actors/Iran/history', 'Actors%2FIran/history'],
    ['Leaf%2Fhistory', 'Leaf%2Fhistory'],
    ['Leaf%2Fhistory/history', 'Leaf%2Fhistory/history'],
    ['history', 'history'],
    ['A/B/attachments/x%20y.png', 'A%2FB/attachments/x%20y.png'],
    ['attachments/x', 'attachments%2Fx'],
    ['a%41', 'aA'],
    ['a%2541', 'a%2541'],
    ['a/../b', 'a%2F..%2Fb'],
    ['/etc', '%2Fetc'],
  ])('the page %s becomes the one segment %s', (written, inner) => {
    expect(at('wikibot.test', `/@alice/notes/api/v1/pages/${written}`)).toEqual({
      kind: 'wiki',
      address: notes,
      path: `/api/v1/pages/${inner}`,
    });
  });

  it.each(['evil.example', 'wikibot.test.evil', 'a.b.wikibot.test', 'notwikibot.test'])('%s is not ours', (host) => {
    expect(at(host, '/api/v1/me').kind).toBe('unknown-host');
  });

  it.each([
    ['', '/'],
    ['a, b', '/'],
    ['alice@evil', '/'],
    ['wikibot.test.', '/'],
    ['wikibot.test', 'no-slash'],
    ['wikibot.test', '/~wiki/api/v1/pages'],
    ['wikibot.test', '/%7ewiki/api/v1/pages'],
    ['wikibot.test', '//~wiki/api/v1/pages'],
    ['wikibot.test', '/@alice/notes/api/v1/pages/%ff'],
    ['wikibot.test', '/%zz'],
    ['wikibot.test', '/@%ff/notes'],
  ])('%j%s is malformed', (host, url) => {
    expect(at(host, url).kind).toBe('malformed');
  });

  it('everything else is the platform', () => {
    expect(at('wikibot.test', '/api/v1/me?x')).toEqual({ kind: 'platform', path: '/api/v1/me?x' });
    expect(at('www.wikibot.test', '/')).toEqual({ kind: 'platform', path: '/' });
  });
});
