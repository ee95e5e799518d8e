import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuse, meaningShare, withFeedback } from './fusion.js';

const list = (...pairs: [string, number][]) => pairs.map(([path, score]) => ({ path, score }));

describe('one list of two', () => {
  it('weighs meaning as much as words, and tells where each page stood', () => {
    const fused = fuse(
      list(['words', 9], ['both', 5], ['tail', 1]),
      list(['meaning', 0.8], ['both', 0.7], ['last', 0.2]),
    );

    expect(fused.map(({ path }) => path)).toEqual(['both', 'meaning', 'words', 'last', 'tail']);
    expect(fused[0]).toMatchObject({ keyword: { rank: 2, score: 5 }, semantic: { rank: 2, score: 0.7 } });
    expect(fused[1]).toEqual({
      path: 'meaning',
      score: 0.9 * meaningShare,
      keyword: null,
      semantic: { rank: 1, score: 0.8 },
    });
  });

  it('begins with the page that is called just so', () => {
    const words = [...list(['a', 3], ['b', 2]), { path: 'named', score: 1, isNamed: true }];
    const fused = fuse(words, list(['a', 0.9], ['b', 0.8], ['named', 0.1]));

    expect(fused.map(({ path }) => path)).toEqual(['named', 'a', 'b']);
    expect(fused[0]?.score).toBeCloseTo(0.9, 9);
    expect(fused[1]?.score).toBeLessThanOrEqual(0.9);
  });

  it('is the other list when one is empty', () => {
    const words = list(['a', 3], ['b', 2], ['c', 1]);
    expect(fuse(words, []).map(({ path }) => path)).toEqual(['a', 'b', 'c']);
    expect(fuse([], words).map(({ path }) => path)).toEqual(['a', 'b', 'c']);
    expect(fuse([], [])).toEqual([]);
  });

  it('takes the best standing of a page that is there twice', () => {
    expect(fuse([], list(['a', 0.9], ['b', 0.8], ['a', 0.7]))[0]?.semantic).toEqual({ rank: 1, score: 0.9 });
  });

  it('a list of equals lifts them all', () => {
    expect(fuse(list(['b', 1], ['a', 1]), []).map(({ path, score }) => [path, score > 0])).toEqual([
      ['a', true],
      ['b', true],
    ]);
  });

  const ranked = fc
    .uniqueArray(fc.tuple(fc.stringMatching(/^[a-z]{1,3}$/), fc.double({ min: 0, max: 30, noNaN: true })), {
      selector: ([path]) => path,
    })
    .map((pairs) => list(...pairs).sort((a, b) => b.score - a.score));

  it('holds every page once, between 0 and 1, best first', () => {
    fc.assert(
      fc.property(ranked, ranked, (words, meaning) => {
        const fused = fuse(words, meaning);
        expect(new Set(fused.map(({ path }) => path)).size).toBe(fused.length);
        expect(fused.length).toBe(new Set([...words, ...meaning].map(({ path }) => path)).size);
        for (const [at, { score }] of fused.entries()) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1 + 1e-12);
          expect(score).toBeLessThanOrEqual(fused[at - 1]?.score ?? 2);
        }
      }),
    );
  });

  it('a page that is before another in both lists is before it in theirs', () => {
    fc.assert(
      fc.property(ranked, ranked, (words, meaning) => {
        const place = new Map(fuse(words, meaning).map(({ path }, at) => [path, at]));
        const rank = (of: typeof words, path: string) => of.find((one) => one.path === path)?.score ?? -1;
        for (const { path: a } of words) {
          for (const { path: b } of words) {
            const isBetter = rank(words, a) > rank(words, b) && rank(meaning, a) > rank(meaning, b);
            if (isBetter) expect(place.get(a)).toBeLessThan(place.get(b) ?? 0);
          }
        }
      }),
    );
  });
});

describe('a question with feedback', () => {
  const unit = (...values: number[]) => new Float32Array(values).map((value) => value / Math.hypot(...values));

  it('moves towards what was found and stays of length 1', () => {
    const [question, hit] = [unit(1, 0, 0), unit(0, 1, 0)];
    const moved = withFeedback(question, [hit]);

    expect(Math.hypot(...moved)).toBeCloseTo(1, 6);
    expect(moved[1]).toBeCloseTo(0.1 / Math.hypot(1, 0.1), 6);
  });

  it('stays as it is without hits, and when these take it back', () => {
    const question = unit(1, 2, 3);
    expect(withFeedback(question, [])).toBe(question);
  });
});
