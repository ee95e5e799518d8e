import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { WordPieces } from './word-pieces.js';

const room = join(import.meta.dirname, '..');
const pieces = new WordPieces(readFileSync(join(room, 'model/vocab.txt'), 'utf8'));
const reference = JSON.parse(readFileSync(join(room, 'test/reference.json'), 'utf8')) as {
  text: string;
  ids: number[];
}[];

describe('word pieces', () => {
  it.each(reference.map(({ text, ids }) => [text.slice(0, 60), text, ids]))('%j', (_, text, ids) => {
    expect(pieces.encode(text, 256)).toEqual(ids);
  });

  it('are counted without the marks of beginning and end, and no further than asked', () => {
    expect(pieces.count('hello world')).toBe(2);
    expect(pieces.count('')).toBe(0);
    expect(pieces.count('word '.repeat(500))).toBe(500);
    expect(pieces.count('word '.repeat(500), 100)).toBe(101);
  });

  it('are never more than the model reads', () => {
    const ids = pieces.encode('third-party sanctions '.repeat(200), 256);
    expect(ids).toHaveLength(256);
    expect([ids[0], ids.at(-1)]).toEqual([101, 102]);
  });

  it('are the same the second time', () => {
    expect(pieces.encode('unbelievably tokenizable', 256)).toEqual(pieces.encode('unbelievably tokenizable', 256));
  });

  it('need a vocabulary of their kind', () => {
    expect(() => new WordPieces('hello\nworld\n')).toThrow('[CLS]');
  });

  it.each([
    ['how people make decisions', 4, 9],
    ['2026-01-02', 1, 1.7],
    ['столица', 1, 1.5],
    ['東京', 0, 1],
    ['ภาษาไทย', 0, 1],
    ['', 0, 0],
  ])('know %j by pieces of %d to %d letters', (text, least, most) => {
    const letters = pieces.lettersPerPiece(text);

    expect(letters).toBeGreaterThanOrEqual(least);
    expect(letters).toBeLessThanOrEqual(most);
  });
});
