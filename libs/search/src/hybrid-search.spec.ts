import { describe, expect, it } from 'vitest';
import { fusedLists } from './hybrid-search.js';
import type { MeaningHit } from './meaning-search.js';
import { parseQuery } from './query.js';

describe('one list of pages by words and by meaning', () => {
  const near = (...scores: [path: string, score: number][]) =>
    scores.map(([path, score]) => ({ path, score })) as unknown as MeaningHit[];
  const byWords = (isGuessed: boolean) => ({
    hits: [{ path: 'Move', name: 'Move', revision: 'r', score: 0.4, isNamed: false }],
    voice: 0.5,
    isGuessed,
  });
  const pathsOf = (query: string, isGuessed: boolean, lettersPerPiece: number) => {
    const meaning = { hits: near(['Video', 0.24], ['Sound', 0.16], ['Far', 0.1]), lettersPerPiece };
    return fusedLists(byWords(isGuessed), meaning, parseQuery(query)).map(({ path }) => path);
  };

  it('puts what comes nearest to a word of the language before words that are spelled like it', () => {
    expect(pathsOf('movie', true, 5)).toEqual(['Video', 'Sound', 'Move']);
  });

  it('believes in a typing mistake where the model does not know the word either', () => {
    expect(pathsOf('movei', true, 2.5)).toEqual(['Move']);
  });

  it('leaves out what is near by chance where pages have the word', () => {
    expect(pathsOf('movie', false, 5)).toEqual(['Move']);
  });

  it('finds nothing by meaning alone where a phrase was asked for', () => {
    expect(pathsOf('"movie"', true, 5)).toEqual(['Move']);
  });
});
