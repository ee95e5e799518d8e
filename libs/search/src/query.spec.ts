import { describe, expect, it } from 'vitest';
import { parseQuery } from './query.js';

const nothing = { text: expect.any(String) as string, words: '', phrases: [], without: [], isUnfinished: false };

describe('a query taken apart', () => {
  it.each([
    ['fox', { words: 'fox', isUnfinished: true }],
    ['fox ', { words: 'fox' }],
    ['quick  fox', { words: 'quick fox', isUnfinished: true }],
    ['fox?', { words: 'fox?' }],
    ['"quick brown" fox', { words: 'fox', phrases: ['quick brown'], isUnfinished: true }],
    ['fox "quick brown"', { words: 'fox', phrases: ['quick brown'] }],
    ['“quick brown”', { phrases: ['quick brown'] }],
    ['«quick brown»', { phrases: ['quick brown'] }],
    ['fox -cow', { words: 'fox', without: [{ text: 'cow', isPhrase: false }] }],
    ['fox -"brown cow"', { words: 'fox', without: [{ text: 'brown cow', isPhrase: true }] }],
    ['well-known', { words: 'well-known', isUnfinished: true }],
    ['2026-01-02', { words: '2026-01-02', isUnfinished: true }],
    ['"unclosed', { words: 'unclosed', isUnfinished: true }],
    ['""', {}],
    ['-', { words: '-' }],
    ['--', { words: '--' }],
    ['fox & !cow | (a:*)', { words: 'fox & !cow | (a:*)' }],
    ["'; drop table", { words: "'; drop table", isUnfinished: true }],
  ])('%s', (query, expected) => {
    const parsed = parseQuery(query);

    expect(parsed).toEqual({ ...nothing, ...expected });
  });

  it('keeps what is asked in its order, for who reads it as a text', () => {
    expect(parseQuery('a "quick brown" fox -cow').text).toBe('a quick brown fox');
  });

  it('takes quotes in a long question for what they are there', () => {
    const { text, words, phrases } = parseQuery(
      'one two three four five "six seven" eight nine ten eleven twelve thirteen',
    );

    expect(words).toBe('one two three four five six seven eight nine ten eleven twelve thirteen');
    expect([text, phrases]).toEqual([words, []]);
  });

  it('counts characters, not halves of them', () => {
    expect(parseQuery('🦊'.repeat(10_000)).words).toHaveLength(20_000);
    expect(() => parseQuery('x'.repeat(10_001))).toThrow(expect.objectContaining({ code: 'query-too-long' }) as Error);
  });

  it('takes the worst query apart in time', () => {
    for (const part of ['"', '-"', '- ', '-"a', '" "', '\\'])
      expect(parseQuery(part.repeat(10_000).slice(0, 10_000)).phrases.length).toBeLessThan(10_000);
  });
});
