import fc from 'fast-check';
import { pageLookup, resolveLink } from './link-resolution.js';
import { retarget, rewriteLinks } from './link-rewriting.js';
import { type LinkOrder, linksOf } from '@lib/markdown';
import { pagePath } from './page-path.js';

/** Rewrites links as a rename does: those that mean the page. */
function renamed(text: string, to: string, { order = 'target-first', from = 'Home', page = 'Old' }: Renaming = {}) {
  const lookup = pageLookup([{ path: page }, { path: `${page}/Sub` }, { path: from }]);
  return rewriteLinks(text, order, (link) => {
    const meant = resolveLink(link.target, from, lookup);
    return 'page' in meant && meant.page === page ? retarget(link, to, from) : null;
  });
}

interface Renaming {
  order?: LinkOrder;
  from?: string;
  page?: string;
}

describe('rewriteLinks', () => {
  it.each<[LinkOrder, string, string]>([
    [
      'label-first',
      '[[Old]] [[T|Old]] [[Old#s]] [[T|/old#s]] [[Old/Sub]] ![[Old]]',
      '[[New/Name]] [[T|New/Name]] [[New/Name#s]] [[T|New/Name#s]] [[Old/Sub]] ![[New/Name]]',
    ],
    [
      'target-first',
      '[[Old]] [[Old|T]] [[Old#s]] [[/old#s|T]] [[Old/Sub]] ![[Old]]',
      '[[New/Name]] [[New/Name|T]] [[New/Name#s]] [[New/Name#s|T]] [[Old/Sub]] ![[New/Name]]',
    ],
  ])('%s: keeps labels, anchors and embed marks', (order, before, after) => {
    expect(renamed(before, 'New/Name', { order })).toBe(after);
  });

  it.each([
    ['[[ Old |T]]', '[[ New |T]]'],
    ['[[Old|Old]]', '[[New|Old]]'],
    ['| [[Old\\|T]] |', '| [[New\\|T]] |'],
    ['[[Old.md]]', '[[New]]'],
    ['[x](Old.md)', '[x](New.md)'],
    ['[x](Old)', '[x](New)'],
    ['[x](./Old.md#a "t")', '[x](./New.md#a "t")'],
    ['[x](/Old?q=1#a)', '[x](/New?q=1#a)'],
    ['[x](<Old.md>)', '[x](<New.md>)'],
    ['[x](O%6Cd.md)', '[x](New.md)'],
    ['![x](Old.md)', '![x](New.md)'],
    ['[![x](Old)](Old)', '[![x](New)](New)'],
    ['[id]: Old.md "t"\n\n[x][id]', '[id]: New.md "t"\n\n[x][id]'],
    ['`[[Old]]` [[Old]]\n\n```\n[[Old]]\n```', '`[[Old]]` [[New]]\n\n```\n[[Old]]\n```'],
    ['---\nsee: "[[Old]]"\n---\n[[Old]]', '---\nsee: "[[Old]]"\n---\n[[New]]'],
    ['[[Older]] Old [[Home]]', '[[Older]] Old [[Home]]'],
  ])('%j becomes %j', (before, after) => {
    expect(renamed(before, 'New')).toBe(after);
  });

  it.each([
    ['[x](Old.md)', 'Area/New', '[x](Area/New.md)'],
    ['[x](Old.md)', 'Two words (x)', '[x](Two%20words%20%28x%29.md)'],
    ['[x](<Old.md>)', 'Two words', '[x](<Two words.md>)'],
    ['[x](Old.md)', '100%', '[x](100%25.md)'],
    ['[[Old]]', 'Two words', '[[Two words]]'],
    ['[[Old|T]]', 'a#b', '[T](/a%23b)'],
    ['![[Old#s|T [x]]', 'a#b', '![T \\[x](/a%23b#s)'],
    ['[[Old]]', 'a[1]`', '[a\\[1\\]\\`](/a%5B1%5D%60)'],
    ['[[Old]]', 'C#', '[[C#]]'],
  ])('%j, renamed to %j, is %j', (before, to, after) => {
    expect(renamed(before, to)).toBe(after);
  });

  it.each([
    ['[x](../Old.md)', 'A/B', 'Old', 'A/New', '[x](./New.md)'],
    ['[x](Old.md)', 'A/B', 'A/Old', 'New', '[x](../New.md)'],
    ['[x](Old)', 'A/B', 'A/Old', 'A/C/New', '[x](C/New)'],
    ['[x](/A/Old.md)', 'A/B', 'A/Old', 'New', '[x](/New.md)'],
  ])('%j on page %s: %s becomes %s', (before, from, page, to, after) => {
    expect(renamed(before, to, { from, page })).toBe(after);
  });

  it('changes nothing but the targets it is told to', () => {
    const piece = fc.constantFrom(
      '[[Old]]',
      '[[Old|T]]',
      '[[Other]]',
      '[x](Old)',
      '`',
      '```',
      '\n',
      '\n\n',
      '[',
      ']',
      '(',
      '\\',
      'Old',
      '<!--',
      '-->',
      '> ',
      '- ',
      '!',
      '|',
    );
    const order = fc.constantFrom<LinkOrder>('target-first', 'label-first');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), order, (pieces, given) => {
        const text = pieces.join('');
        const after = rewriteLinks(text, given, ({ target }) => (target === 'Old' ? 'Brand/New' : null));

        const links = linksOf(text, given).filter(({ target }) => target === 'Old');
        let expected = '';
        let at = 0;
        for (const { targetStart, targetEnd } of links) {
          expected += text.slice(at, targetStart) + text.slice(targetStart, targetEnd).replace(/\/?Old/, 'Brand/New');
          at = targetEnd;
        }
        expect(after).toBe(expected + text.slice(at));
        expect(rewriteLinks(text, given, () => null)).toBe(text);
        expect(rewriteLinks(text, given, ({ target }) => target)).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });

  it.each(['#', 'A/#', '$#', 'C#'])('leads to a part of a page called %s', (path) => {
    const [read] = linksOf(renamed('see [[Old#s]]', path), 'target-first');

    expect(read?.anchor).toBe('s');
    expect(resolveLink(read?.target ?? '', 'Home', pageLookup([{ path }]))).toEqual({ page: path });
  });

  it('leads to the new page, whatever it is called', () => {
    const written = fc.constantFrom(
      '[[Old]]',
      '[[Old|T]]',
      '[[Old#s]]',
      '![[Old]]',
      '[x](Old.md)',
      '[x](<Old>)',
      '[x](/Old)',
    );
    fc.assert(
      fc.property(written, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), (link, name) => {
        const path = usable(name);
        if (path === null || path === 'Home') return;
        const text = `see ${link}, please`;

        const [read, ...more] = linksOf(renamed(text, path), 'target-first');

        expect(more).toEqual([]);
        expect(resolveLink(read?.target ?? '', 'Home', pageLookup([{ path }]))).toEqual({ page: path });
      }),
      { numRuns: 2000 },
    );
  });

  it('leads back when a page is renamed back', () => {
    const text = '[[Old]] [[Old|T]] [x](Old.md) ![[Old#a]] [x](/Old)';

    expect(renamed(renamed(text, 'New/Page'), 'Old', { page: 'New/Page' })).toBe(text);
  });
});

function usable(text: string): string | null {
  try {
    return pagePath(text);
  } catch {
    return null;
  }
}
