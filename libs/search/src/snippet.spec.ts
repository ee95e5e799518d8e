import { describe, expect, it } from 'vitest';
import type { KeywordWord, WeighedTerm } from './keyword-port.js';
import { snippetOf } from './snippet.js';

function* words(text: string): Generator<KeywordWord> {
  for (const { index, 0: word } of text.matchAll(/[\p{L}\p{N}]+/gu))
    yield { start: index, end: index + word.length, forms: [word.toLowerCase()] };
}
const term = (word: string, weight = 1): WeighedTerm => ({ forms: [{ words: [word] }], weight, need: 'may' });
const page = (text: string, from = 0) => ({
  ...{ path: 'P', text, from },
  sections: Array.from(text.matchAll(/^#+ (.*)$/gm), ({ index, 1: title = '' }) => ({
    title,
    path: `P > ${title}`,
    start: index,
  })),
});
const cut = (text: string, ...terms: WeighedTerm[]) => snippetOf(page(text), terms, words).snippet;

describe('a snippet', () => {
  it('is the whole of a short page, in one line', () => {
    expect(cut('# Fox\n\nA  quick\n\tfox.\n', term('fox'))).toBe('# Fox A quick fox.');
  });

  it('has some text before the match and more behind it, cut at blanks', () => {
    const text = `${'before '.repeat(40)}needle ${'behind '.repeat(60)}`;

    const snippet = cut(text, term('needle'));

    expect(snippet).toMatch(/^…(before )+needle (behind )+behind…$/);
    expect(snippet.indexOf('needle')).toBeLessThanOrEqual(52);
    expect(snippet.length).toBeLessThanOrEqual(210);
  });

  it('is cut hard where there is no blank, but never through a character', () => {
    expect(cut(`${'x'.repeat(80)} needle ${'y'.repeat(300)}`, term('needle'))).toBe(
      `…${'x'.repeat(49)} needle ${'y'.repeat(149)}…`,
    );
    expect(cut(`${'🦊'.repeat(80)} needle ${'🦊'.repeat(300)}`, term('needle'))).toMatch(/^…(🦊)+ needle (🦊)+…$/u);
  });

  it('shows where the most of what was asked for stands together', () => {
    const text = `fox ${'x '.repeat(300)} cow ${'x '.repeat(300)} a fox and a cow. ${'x '.repeat(300)} fox`;

    expect(cut(text, term('fox'), term('cow'))).toContain('a fox and a cow.');
    expect(cut(text, term('cow'))).toMatch(/x cow x/);
  });

  it('prefers a rare word to a common one', () => {
    const text = `common ${'x '.repeat(300)} rare ${'x '.repeat(300)}`;

    expect(cut(text, term('common', 0.1), term('rare', 5))).toContain('rare');
  });

  it('says under which heading the match lies', () => {
    const text = '---\ntitle: x\n---\nintro\n\n# One\n\nfox\n\n## Two\n\ncow\n';
    const found = (word: string) => snippetOf(page(text, 17), [term(word)], words);

    expect(found('cow')).toMatchObject({ section: 'Two', sectionPath: 'P > Two' });
    expect(found('fox')).toMatchObject({ section: 'One' });
    expect(found('intro')).toMatchObject({ section: null });
  });

  it('is the beginning of the page when only its name was found', () => {
    expect(snippetOf(page('---\nfox: 1\n---\nA text.', 15), [term('fox')], words)).toEqual({
      ...{ snippet: 'A text.', marks: [], section: null, sectionPath: null },
    });
  });
});
