import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageLookup, resolveLink } from '../../src/link-resolution.js';
import { retarget, rewriteLinks } from '../../src/link-rewriting.js';
import { encodeTarget, type Link, type LinkOrder, linksOf } from '@lib/markdown';
import { aPagePath } from './kit/paths.js';
import { runs } from './kit/runs.js';

const order = fc.constantFrom<LinkOrder>('target-first', 'label-first');
// What may stand between brackets; a rename writes all other pages as markdown links.
const bracketed = aPagePath.filter(
  (path) => !/[[\]|`\\<]|#(?!$)|(?:^|\/)#$/.test(path) && !/^(?:mailto|data):/i.test(path),
);
const label = fc.stringMatching(/^[A-Za-z0-9äé .,!()'-]{1,12}$/).map((text) => text.trim() || 'x');
const anchor = fc.stringMatching(/^[a-z0-9äé-]{1,10}$/);
const piece = fc.constantFrom(
  ...[
    '[[A]]',
    '[[A|x]]',
    '![[map.png]]',
    '[x](B.md)',
    '[x](<two words>)',
    '[id]: A.md',
    '`[[A]]`',
    '<!--',
    '-->',
    '```',
    '# T',
    'text',
    '',
    '> ',
    '- [[B#s]]',
  ],
);

describe('a link', () => {
  it('between brackets is read as it was written, in both orders', () => {
    fc.assert(
      fc.property(
        bracketed,
        fc.option(label),
        fc.option(anchor),
        fc.boolean(),
        order,
        (path, shown, part, isEmbed, given) => {
          fc.pre(part === null || !path.endsWith('#'));
          const target = `${path}${part === null ? '' : `#${part}`}`;
          const parts = shown === null ? [target] : given === 'target-first' ? [target, shown] : [shown, target];
          const written = `${isEmbed ? '!' : ''}[[${parts.join('|')}]]`;
          const text = `Before ${written} behind`;
          const [link, ...more] = linksOf(text, given);
          expect(more).toEqual([]);
          expect(link).toMatchObject({ kind: isEmbed ? 'embed' : 'wiki', target: path, label: shown, anchor: part });
          expect(text.slice(link?.start, link?.end)).toBe(written);
          expect(text.slice(link?.targetStart, link?.targetEnd)).toBe(path);
        },
      ),
      runs(1000),
    );
  });

  it('in parentheses leads to any page, bare or between angles', () => {
    fc.assert(
      fc.property(aPagePath, fc.boolean(), label, anchor, (path, isAngled, shown, part) => {
        const written = encodeTarget(`/${path}`, isAngled);
        const [link, ...more] = linksOf(
          `[${shown}](${isAngled ? `<${written}#${part}>` : `${written}#${part}`})`,
          'target-first',
        );
        expect(more).toEqual([]);
        expect(link).toMatchObject({ kind: 'markdown', target: `/${path}`, label: shown, anchor: part });
      }),
      runs(1000),
    );
  });

  it('written anew for another page leads there, from wherever it stands', () => {
    const written = fc.constantFrom(
      '[x](Old.md)',
      '[x](./Old)',
      '[x](<../Old.md>)',
      '[x](/Old)',
      '[[Old]]',
      '[[Old#s|x]]',
      '![[Old]]',
    );
    fc.assert(
      fc.property(written, aPagePath, aPagePath, (text, to, from) => {
        const lookup = pageLookup([{ path: to }, { path: from }, { path: `${to} 2` }]);
        const after = rewriteLinks(text, 'target-first', (link) => retarget(link, to, from));
        const [link, ...more] = linksOf(after, 'target-first');
        expect(more).toEqual([]);
        expect(resolveLink(link?.target ?? '', from, lookup)).toEqual({ page: to });
      }),
      runs(2000),
    );
  });

  it('is the same whatever the line breaks, and behind a byte order mark', () => {
    const told = ({ kind, target, anchor, label, line }: Link) => ({ kind, target, anchor, label, line });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), order, (lines, given) => {
        const links = linksOf(lines.join('\n'), given).map(told);
        expect(linksOf(lines.join('\r\n'), given).map(told)).toEqual(links);
        expect(linksOf(`\uFEFF${lines.join('\n')}`, given).map(told)).toEqual(links);
      }),
      runs(1000),
    );
  });
});
