import { describe, expect, it } from 'vitest';
import { surfaceOf, uncertainName, wikiHostOf } from './address.js';

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
    ['field-notes.wikibot.test', '/-/x', '/-/x'],
  ])('%s%s is a wiki by its custom slug', (host, url, path) => {
    expect(at(host, url)).toEqual({ kind: 'wiki', address: { customSlug: 'field-notes' }, path });
  });

  it.each([
    ['wikibot.test', '/@alice', ''],
    ['wikibot.test', '/%40alice/?x=1', '?x=1'],
    ['alice.wikibot.test', '/', ''],
  ])('%s%s is a person, unless a wiki is called so', (host, url, path) => {
    expect(at(host, url)).toEqual({ kind: 'person', username: 'alice', path });
    expect(uncertainName(at(host, url))).toBe('alice');
    expect(surfaceOf(host, url, { ...hosts, customSlug: 'alice' })).toEqual({
      ...{ kind: 'wiki', address: { customSlug: 'alice' }, path },
    });
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

  it.each([
    ['field-notes.wikibot.test', '/guide', '/guide'],
    ['field-notes.wikibot.test', '/guide/api/v1?x', '/guide/api/v1?x'],
    ['wikibot.test', '/@field-notes/guide/mcp', '/guide/mcp'],
    ['wikibot.test', '/@field-notes/field-notes', '/field-notes'],
    ['wikibot.test', '/@field-notes/other.git', '/other.git'],
  ])('%s%s is a page of the wiki that is called so', (host, url, path) => {
    const surface = surfaceOf(host, url, { ...hosts, customSlug: 'field-notes' });

    expect(surface).toEqual({ kind: 'wiki', address: { customSlug: 'field-notes' }, path });
  });

  it('git stays where it is below the name of a wiki', () => {
    const named = { ...hosts, customSlug: 'field-notes' };
    const address = { owner: 'field-notes', slug: 'field-notes' };

    for (const [host, url] of [
      ['field-notes.wikibot.test', '/field-notes.git/info/refs'],
      ['wikibot.test', '/@field-notes/field-notes.git/info/refs'],
    ] as const)
      expect(surfaceOf(host, url, named)).toEqual({ kind: 'git', address, path: '/info/refs' });
  });

  it.each([
    ['alice.wikibot.test', '/notes/x', 'alice'],
    ['wikibot.test', '/@alice/notes.git/info/refs', 'alice'],
    ['field-notes.wikibot.test', '/api/v1/pages', null],
    ['wikibot.test', '/api/v1/me', null],
    ['wikibot.test', '/@Not-a-name/x', null],
  ])('%s%s is told by asking for %j', (host, url, name) => {
    expect(uncertainName(at(host, url))).toBe(name);
  });

  it.each(['/-/assets/site.css', '/-/auth/sign-in?next=/x', '/-/auth'])('%s is ours on every host', (path) => {
    for (const host of ['alice.wikibot.test', 'wikibot.test'])
      expect(at(host, path)).toEqual({ kind: 'platform', path });
    expect(at('wikibot.test', `/@alice${path}`).kind).toBe('wiki');
  });

  it.each([
    ['alice.wikibot.test:8080', 'alice.wikibot.test'],
    ['ALICE.Wikibot.test', 'alice.wikibot.test'],
    ['wikibot.test', null],
    ['localhost:8080', null],
    ['www.wikibot.test', null],
    ['a.b.wikibot.test', null],
    ['evil.example', null],
    ['evil.example/.wikibot.test', null],
    [undefined, null],
  ])('the host of wikis in %j is %j', (host, expected) => {
    expect(wikiHostOf(host, hosts)).toBe(expected);
  });

  it('everything else is the platform', () => {
    expect(at('wikibot.test', '/api/v1/me?x')).toEqual({ kind: 'platform', path: '/api/v1/me?x' });
    expect(at('www.wikibot.test', '/')).toEqual({ kind: 'platform', path: '/' });
  });
});
