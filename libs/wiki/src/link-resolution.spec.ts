import fc from 'fast-check';
import { fileCandidates, pageLookup, resolveLink } from './link-resolution.js';
import { linksOf } from '@lib/markdown';
import { pagePath } from './page-path.js';

const pages = pageLookup([
  { path: 'Home' },
  { path: 'Actors/Iran', aliases: ['Persia', 'Islamic Republic'] },
  { path: 'Actors/United States' },
  { path: 'Events/Revolution' },
  { path: 'Archive/Events/Revolution' },
  { path: 'C#' },
  { path: 'notes/v1.md' },
  { path: 'two words' },
  { path: 'Two_Words' },
]);

const found = (target: string, from = 'Home') => resolveLink(target, from, pages);

describe('resolveLink', () => {
  it.each([
    ['Home', 'Home'],
    ['Actors/Iran', 'Actors/Iran'],
    ['actors/iran', 'Actors/Iran'],
    ['Actors/united_states', 'Actors/United States'],
    ['Actors/United-States', 'Actors/United States'],
    ['Iran', 'Actors/Iran'],
    ['IRAN', 'Actors/Iran'],
    ['persia', 'Actors/Iran'],
    ['islamic-republic', 'Actors/Iran'],
    ['Iran.md', 'Actors/Iran'],
    ['Actors/Iran.md', 'Actors/Iran'],
    ['/Actors/Iran', 'Actors/Iran'],
    ['Actors//Iran/', 'Actors/Iran'],
    ['C#', 'C#'],
    ['notes/v1.md', 'notes/v1.md'],
    ['two words', 'two words'],
    ['Two_Words', 'Two_Words'],
    ['Archive/Events/Revolution', 'Archive/Events/Revolution'],
  ])('%j means %s', (target, page) => {
    expect(found(target)).toEqual({ page });
  });

  it.each([
    ['./Iran.md', 'Actors/United States', 'Actors/Iran'],
    ['./Iran', 'Actors/United States', 'Actors/Iran'],
    ['../Home.md', 'Actors/Iran', 'Home'],
    ['../../Actors/Iran', 'Archive/Events/Revolution', 'Actors/Iran'],
    ['./actors/iran.md', 'Home', 'Actors/Iran'],
    ['./Actors/Iran.md', 'Events/Revolution', 'Actors/Iran'],
    ['./Persia', 'Home', 'Actors/Iran'],
  ])('the markdown target %j on page %s means %s', (target, from, page) => {
    expect(resolveLink(target, from, pages)).toEqual({ page });
  });

  it('guesses nothing: several matches are all named, in order', () => {
    expect(found('revolution')).toEqual({ ambiguous: ['Archive/Events/Revolution', 'Events/Revolution'] });
    expect(found('two-words')).toEqual({ ambiguous: ['Two_Words', 'two words'] });
  });

  it('prefers the exact path to the folded, and the folded to the short', () => {
    const lookup = pageLookup([
      { path: 'a' },
      { path: 'A' },
      { path: 'x/b', aliases: ['c'] },
      { path: 'B' },
      { path: 'y/c' },
    ]);

    expect(resolveLink('a', '', lookup)).toEqual({ page: 'a' });
    expect(resolveLink('b', '', lookup)).toEqual({ page: 'B' });
    expect(resolveLink('c', '', lookup)).toEqual({ ambiguous: ['x/b', 'y/c'] });
  });

  it('finds a page by the end of its path', () => {
    expect(found('Events/Revolution', 'Home')).toEqual({ page: 'Events/Revolution' });
    const lookup = pageLookup([{ path: 'World/Events/War' }, { path: 'War' }]);

    expect(resolveLink('events/war', '', lookup)).toEqual({ page: 'World/Events/War' });
  });

  it.each([
    ['Oman', 'Home', 'Oman'],
    ['Actors/Oman.md', 'Home', 'Actors/Oman'],
    ['./Oman.md', 'Actors/Iran', 'Actors/Oman'],
    ['../Iran', 'Actors/Iran', 'Iran'],
    ['/Iran', 'Home', 'Iran'],
    ['../../x', 'Actors/Iran', '../../x'],
    ['.md', 'Home', '.md'],
  ])('%j on page %s is missing: %s', (target, from, missing) => {
    expect(resolveLink(target, from, pages)).toEqual({ missing });
  });

  it('never throws, and never leads out of the wiki', () => {
    const piece = fc.constantFrom('.', '..', '/', './', '../', 'Home', 'Iran', '.md', '#', ' ', '_', '%2e', '');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), fc.array(piece, { maxLength: 6 }), (target, from) => {
        const result = resolveLink(target.join(''), from.join(''), pages);
        if ('page' in result) expect(pages.has(result.page)).toBe(true);
      }),
    );
  });

  it('finds every page by its own path, as a wikilink in both orders and as a markdown link', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9 .()'#%&+,_-]{1,20}(\/[A-Za-z0-9 .()'&_-]{1,10})?$/), (text) => {
        const path = usable(text);
        if (path === null) return;
        const lookup = pageLookup([{ path }, { path: `${path} twin` }, { path: `folder/${path}` }]);
        const written = /#(?!$)/.test(path) ? [] : [`[[${path}]]`, `[[${path}|x]]`];
        for (const link of [...written, `[x](/${encodeURIComponent(path).replace(/[()]/g, '\\$&')})`]) {
          const [read] = linksOf(link, 'target-first');
          expect(resolveLink(read?.target ?? '', 'Home', lookup)).toEqual({ page: path });
        }
      }),
    );
  });
});

function usable(text: string): string | null {
  try {
    return pagePath(text);
  } catch {
    return null;
  }
}

describe('fileCandidates', () => {
  it.each([
    ['map.png', 'A/B', ['A/B/map.png', 'A/map.png', 'map.png']],
    ['./map.png', 'A/B', ['A/map.png', 'A/B/map.png', 'map.png']],
    ['/A/B/map.png', 'C', ['A/B/map.png', 'C/A/B/map.png']],
    ['../x/map.png', 'A/B', ['x/map.png', 'A/x/map.png']],
    ['../../map.png', 'A', []],
  ])('for %s on %s are %j', (target, from, files) => {
    expect(fileCandidates(target, from)).toEqual(files);
  });
});
