import { afterAll, beforeAll, expect, it } from 'vitest';
import { dimensions, Embedder } from '../src/index.js';
import { cosine, describeEmbedding, longTexts, reference } from './kit/embedding.js';

describeEmbedding('vectors', () => {
  let embedder: Embedder;
  beforeAll(() => {
    embedder = new Embedder();
  });
  afterAll(() => embedder.close());

  const texts = reference.map(({ text }) => text);
  const bytes = (vectors: readonly Float32Array[]) =>
    vectors.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength).toString('hex'));

  it('are as near to those of the original model as they were when ours was made', async () => {
    const vectors = await embedder.embed(texts, { lane: 'query' });

    for (const [at, { vector, int8_cosine }] of reference.entries()) {
      const ours = vectors[at] ?? new Float32Array();
      expect(ours).toHaveLength(dimensions);
      expect(Math.hypot(...ours)).toBeCloseTo(1, 5);
      expect(Math.abs(cosine(ours, vector) - int8_cosine), reference[at]?.text.slice(0, 60)).toBeLessThan(3e-3);
    }
  });

  it('are the same bit for bit, whatever else is embedded', async () => {
    const alone = await embedder.embed(texts, { lane: 'query' });
    const crowd = embedder.embed(longTexts(30), { lane: 'bulk' });
    const amidst = await Promise.all(texts.map((text) => embedder.embed([text], { lane: 'query' })));
    const inBulk = await embedder.embed(texts.toReversed(), { lane: 'bulk' });
    await crowd;

    expect(bytes(amidst.flat())).toEqual(bytes(alone));
    expect(bytes(inBulk.toReversed())).toEqual(bytes(alone));
  });

  it('do not depend on how many threads make them', async () => {
    const one = new Embedder({ threads: 1 });
    const two = new Embedder({ threads: 2 });
    try {
      const some = [...texts, ...longTexts(3)];
      const [first, second] = [await one.embed(some, { lane: 'bulk' }), await two.embed(some, { lane: 'bulk' })];

      expect(bytes(first)).toEqual(bytes(second));
    } finally {
      await Promise.all([one.close(), two.close()]);
    }
  });

  it('of no texts are none', async () => {
    expect(await embedder.embed([], { lane: 'query' })).toEqual([]);
  });
});
