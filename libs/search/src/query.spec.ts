import { describe, expect, it } from 'vitest';
import { parseQuery } from './query.js';

const nothing = { words: '', phrases: [], without: [], isUnfinished: false };

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

  it('counts characters, not halves of them', () => {
    expect(parseQuery('🦊'.repeat(1000)).words).toHaveLength(2000);
    expect(() => parseQuery('x'.repeat(1001))).toThrow(expect.objectContaining({ code: 'query-too-long' }) as Error);
  });

  it('takes the worst query apart in time', () => {
    for (const part of ['"', '-"', '- ', '-"a', '" "', '\\'])
      expect(parseQuery(part.repeat(1000).slice(0, 1000)).phrases.length).toBeLessThan(1000);
  });
});
