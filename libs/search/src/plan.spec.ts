import { describe, expect, it } from 'vitest';
import type { KeywordTerm } from './keyword-port.js';
import { askForAll, askForAny, rarity, tellingTerms, type CountedTerm } from './plan.js';

const counts = { pages: 10_000, meanWords: 500, each: [] };
const term = (text: string, isCommon = false): KeywordTerm => ({
  text,
  forms: [{ words: [text] }],
  isCommon,
  beginning: null,
});
const counted = (text: string, pages: number, more: Partial<CountedTerm> = {}): CountedTerm => ({
  ...{ text, forms: [{ words: [text] }], times: 1, pages, isRequired: false },
  ...more,
});

describe('what is asked of the index', () => {
  it('a rare word says more than a common one, and even a word of all pages says something', () => {
    const worths = [0, 1, 100, 5_000, 10_000, 20_000].map((pages) => rarity(pages, 10_000));

    expect(worths).toEqual(worths.toSorted((one, two) => two - one));
    expect(worths.at(-1)).toBeGreaterThan(0);
  });

  it('drops words that say nothing, unless there is no other, and counts repetitions', () => {
    const told = (...terms: KeywordTerm[]) => tellingTerms(terms).map(({ term: { text }, times }) => [text, times]);

    expect(told(term('the', true), term('fox'), term('of', true), term('fox'))).toEqual([['fox', 2]]);
    expect(told(term('the', true), term('who', true))).toEqual([
      ['the', 1],
      ['who', 1],
    ]);
  });

  it('for all: every term must be there', () => {
    expect(askForAll([counted('a', 5), counted('b', 50)], counts).map(({ need }) => need)).toEqual(['must', 'must']);
  });

  it('for any: the rare words choose, the common ones only lift', () => {
    const terms = [counted('state', 9_000), counted('iran', 40), counted('oil', 700)];

    expect(askForAny(terms, counts).map(({ forms, need }) => [forms[0]?.words[0], need])).toEqual([
      ['iran', 'may'],
      ['oil', 'may'],
      ['state', 'lift'],
    ]);
  });

  it('for any: one common word alone still chooses, and a phrase is required', () => {
    expect(askForAny([counted('state', 9_000)], counts).map(({ need }) => need)).toEqual(['may']);
    expect(
      askForAny([counted('a b', 1, { isRequired: true }), counted('iran', 40)], counts).map(({ need }) => need),
    ).toEqual(['must', 'lift']);
  });

  it('for any: of a very long question the rarest words count', () => {
    const terms = Array.from({ length: 100 }, (_, place) => counted(`w${place}`, place));

    expect(askForAny(terms, counts)).toHaveLength(32);
  });
});
