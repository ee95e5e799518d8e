import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { termsOf } from './keyword-terms.js';
import { indexedWords } from './keyword-words.js';

const formsIn = (text: string) => Array.from(indexedWords(text.normalize('NFC')), ({ forms }) => forms).flat();

describe('the words of a text', () => {
  it.each([
    ['x\u0305', ['x']],
    ['a\u0303\u0331n', ['an']],
    ['\u0305', []],
    ['日\u0305本', ['日', '本']],
    ['か\u3099', ['が']],
  ])('of %j are %j', (text, words) => {
    expect(formsIn(text)).toEqual(words);
  });

  it('are never empty, whatever mark stands alone or on a letter', () => {
    const marks = Array.from({ length: 0x20000 }, (_, point) => point).filter((point) =>
      /^\p{M}$/u.test(String.fromCodePoint(point)),
    );

    for (const point of marks) {
      const mark = String.fromCodePoint(point);
      for (const text of [mark, `a${mark}`, `日${mark}`, `${mark}日`, `ก${mark}ข`, `a_${mark}`])
        expect(formsIn(text), text).not.toContain('');
    }
  });

  it('are such as can be stored and looked for, in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        for (const form of formsIn(text)) expect(form).toMatch(/^[^\0]+$/);
        for (const { forms } of termsOf(text)) for (const { words } of forms) expect(words).not.toContain('');
      }),
      { numRuns: 2_000 },
    );
  });
});
