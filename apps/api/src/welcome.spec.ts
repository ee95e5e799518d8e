import { describe, expect, it } from 'vitest';
import { welcomeText } from './welcome.js';

/** What is said when there are so many accounts, and perhaps a wiki. */
const said = (people: number, hasWiki: boolean) => {
  const rooms = {
    config: { http: { baseUrl: new URL('https://wiki.example.org') } },
    people: { count: () => Promise.resolve(people) },
    invitations: { toFirstAccount: () => Promise.resolve({ secret: 'once' }) },
    wikis: { any: () => Promise.resolve(hasWiki) },
  };
  return welcomeText({ rooms: rooms as never, url: 'http://127.0.0.1:8080' }, 1234);
};

const address = '  wikibot is at https://wiki.example.org (started in 1.2 s, listening on http://127.0.0.1:8080)';

describe('what the console says', () => {
  it('on the first start: one link to the first account, and where the first wiki is made', async () => {
    const text = await said(0, false);
    const links = text.match(/https?:\/\/wiki\S+/g);

    expect(text).toContain(address);
    expect(links).toEqual([
      ...['https://wiki.example.org', 'https://wiki.example.org/auth/sign-up?invitation=once'],
      'https://wiki.example.org/new',
    ]);
  });

  it('later: the address alone, and where a wiki is made while there is none', async () => {
    expect(await said(1, true)).toBe(`\n${address}\n\n`);
    expect(await said(1, false)).toBe(
      `\n${address}\n  There is no wiki yet. Make the first at https://wiki.example.org/new\n\n`,
    );
  });
});
