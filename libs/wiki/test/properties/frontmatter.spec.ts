import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { parseFrontmatter } from '@lib/markdown';
import { parsePage } from '../../src/page.js';
import { runs } from './kit/runs.js';
import { anyText } from './kit/texts.js';

const text = fc.oneof(
  anyText,
  fc.constantFrom('', '---', '# x', 'yes', 'null', '1', '0x1f', '2026-01-02', '<<', '*a', '&a', '- a', 'a: b'),
);
// A NUL is shown as something else, for no database takes one; YAML itself passes over a mark where it begins.
const stored = text.map((written) => written.replace(/[\0\uFEFF]/g, ''));
const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    stored,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(stored, tie('value'), { maxKeys: 4 }),
  ),
})).value;
const data = fc.dictionary(stored, value, { minKeys: 1, maxKeys: 5 });
const body = anyText.map((written) => `Body ${written}`);

describe('frontmatter', () => {
  it('that a YAML library wrote is read as it was meant, and the text below it stays', () => {
    fc.assert(
      fc.property(data, body, (given, below) => {
        const written = stringify(given);
        // The library itself loses a blank before some line breaks.
        fc.pre(isDeepStrictEqual({ ...parse(written) }, { ...given }));
        const read = parseFrontmatter(`---\n${written}---\n${below}`);
        expect(read.problem).toBeNull();
        expect(read.data).toEqual({ ...given });
        expect(read.order.toSorted()).toEqual(Object.keys(given).toSorted());
        expect(read.body).toBe(below);
      }),
      runs(300),
    );
  });

  it('means the same with other line breaks and behind a byte order mark', () => {
    fc.assert(
      fc.property(data, fc.constantFrom('', '\uFEFF'), (given, mark) => {
        const block = `---\n${stringify(given)}---\n`;
        const elsewhere = parseFrontmatter(`${mark}${block.replaceAll('\n', '\r\n')}Body`);
        expect(elsewhere.data).toEqual(parseFrontmatter(`${block}Body`).data);
        expect(elsewhere.body).toBe('Body');
        expect(elsewhere.bodyLine).toBe(block.split('\n').length);
      }),
      runs(300),
    );
  });

  it('gives a page the labels that stand in it', () => {
    const word = fc.stringMatching(/^[a-zäöü0-9-]{1,8}$/);
    fc.assert(
      fc.property(fc.uniqueArray(word, { maxLength: 4 }), fc.uniqueArray(word, { maxLength: 4 }), (tags, aliases) => {
        const page = parsePage(`---\n${stringify({ tags, aliases })}---\n# Title\n`, 'target-first');
        expect([page.tags, page.aliases, page.title]).toEqual([tags, aliases, 'Title']);
      }),
      runs(200),
    );
  });
});
