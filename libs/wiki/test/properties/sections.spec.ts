import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headingsOf } from '@lib/markdown';
import { findSection, replaceSection } from '../../src/sections.js';
import { runs } from './kit/runs.js';
import { pageOf } from './kit/texts.js';

const line = fc.constantFrom(
  '# A',
  '## B',
  '## B',
  '### C ###',
  '# A#',
  'text',
  'tail  ',
  '',
  '',
  '- item',
  '> quote',
  '```',
  '#no',
  '---',
  'a: b',
);
const page = pageOf(line);
const prose = fc
  .array(fc.constantFrom('fresh', '', 'words here', '- item', 'end  '), { maxLength: 5 })
  .map((lines) => lines.join('\n'));

/** One heading of a page, named as a caller would who wants to be sure. */
function someSection(text: string, choice: number): string | null {
  const headings = headingsOf(text);
  const heading = headings[choice % Math.max(1, headings.length)];
  return heading === undefined ? null : `#${heading.slug}`;
}

describe('a section', () => {
  it('of a page behind a byte order mark is the same one', () => {
    fc.assert(
      fc.property(page, (text) => {
        const told = (one: string) => headingsOf(one).map(({ path, slug, line }) => ({ path, slug, line }));
        const bare = text.replace(/^\uFEFF/, '');
        expect(told(`\uFEFF${bare}`)).toEqual(told(bare));
      }),
      runs(1000),
    );
  });

  it('replaced by itself is the same page, to the byte', () => {
    fc.assert(
      fc.property(page, fc.nat(), (text, choice) => {
        const query = someSection(text, choice);
        if (query !== null) expect(replaceSection(text, query, findSection(text, query).text)).toBe(text);
      }),
      runs(2000),
    );
  });

  it('replaced twice is as replaced once', () => {
    fc.assert(
      fc.property(page, prose, fc.nat(), (text, fresh, choice) => {
        const query = someSection(text, choice);
        if (query === null) return;
        const once = replaceSection(text, query, fresh);
        expect(replaceSection(once, query, fresh)).toBe(once);
      }),
      runs(2000),
    );
  });

  it('holds what it was given, and comes back when the old one is put there again', () => {
    fc.assert(
      fc.property(page, prose, fc.nat(), (text, fresh, choice) => {
        const query = someSection(text, choice);
        if (query === null) return;
        const old = findSection(text, query);
        const after = replaceSection(text, query, fresh);
        const now = findSection(after, query);
        expect(now.text.replaceAll('\r\n', '\n')).toContain(fresh.trim());
        expect(after.slice(0, now.start) + after.slice(now.end)).toBe(text.slice(0, old.start) + text.slice(old.end));
        const back = replaceSection(after, query, old.text);
        // At the very end of a page, the text that was put there says how the page ends.
        if (/[\r\n]$/.test(old.text)) expect(back).toBe(text);
        else expect(back.trimEnd()).toBe(text.trimEnd());
      }),
      runs(2000),
    );
  });

  it('is the page, together with the text before the first and all other top sections', () => {
    fc.assert(
      fc.property(page, (text) => {
        const headings = headingsOf(text);
        let at = headings[0]?.start ?? text.length;
        let whole = text.slice(0, at);
        for (const { slug, start } of headings) {
          // Below the section before it.
          if (start < at) continue;
          const section = findSection(text, `#${slug}`);
          expect(section.start).toBe(at);
          whole += section.text;
          at = section.end;
        }
        expect(whole).toBe(text);
      }),
      runs(1000),
    );
  });
});
