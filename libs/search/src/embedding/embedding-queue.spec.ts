import { describe, expect, it } from 'vitest';
import { EmbeddingQueue, TextError } from './embedding-queue.js';

const vector = (number: number) => Float32Array.of(number);
const allOf = (queue: EmbeddingQueue) => {
  const texts: string[] = [];
  for (let ask = queue.next(); ask !== null; ask = queue.next()) texts.push(ask.text);
  return texts;
};

describe('what is to be embedded', () => {
  it('goes in order, queries first, few at a time', () => {
    const queue = new EmbeddingQueue();
    void queue.add(['b1', 'b2', 'b3', 'b4', 'b5'], 'bulk');
    void queue.add(['q1', 'q2'], 'query');

    expect(allOf(queue)).toEqual(['q1', 'q2', 'b1', 'b2', 'b3', 'b4']);
    expect(queue.next()).toBeNull();
    void queue.add(['q3'], 'query');
    expect(queue.next()?.text).toBe('q3');
  });

  it('is answered together, in the order it was given', async () => {
    const queue = new EmbeddingQueue();
    const vectors = queue.add(['a', 'b'], 'bulk');
    const ids = [queue.next()?.id ?? 0, queue.next()?.id ?? 0];

    queue.answer(ids[1] ?? 0, vector(2));
    expect(queue.isEmpty).toBe(false);
    queue.answer(ids[0] ?? 0, vector(1));

    expect(await vectors).toEqual([vector(1), vector(2)]);
    expect(queue.isEmpty).toBe(true);
  });

  it('is sent again when the process dies, each text alone, and given up when it dies of it again and again', async () => {
    const queue = new EmbeddingQueue();
    const [harmless, deadly] = [queue.add(['a', 'c'], 'bulk'), queue.add(['b'], 'bulk')];
    expect(allOf(queue)).toEqual(['a', 'c', 'b']);

    queue.lost();
    const first = queue.next();
    expect([first?.text, queue.next()]).toEqual(['a', null]);
    queue.answer(first?.id ?? 0, vector(1));
    const second = queue.next();
    expect([second?.text, queue.next()]).toEqual(['c', null]);
    queue.answer(second?.id ?? 0, vector(3));
    for (let time = 0; time < 3; time += 1) {
      expect([queue.next()?.text, queue.next()]).toEqual(['b', null]);
      queue.lost();
    }

    expect(await harmless).toEqual([vector(1), vector(3)]);
    await expect(deadly).rejects.toBeInstanceOf(TextError);
    expect(queue.isEmpty).toBe(true);
  });

  it('is not sent when nobody waits for it any more', async () => {
    const queue = new EmbeddingQueue();
    const hurry = new AbortController();
    const given = queue.add(['a', 'b'], 'bulk', hurry.signal);
    const { id = 0 } = queue.next() ?? {};

    hurry.abort(new Error('enough'));
    await expect(given).rejects.toThrow('enough');

    expect(queue.next()).toBeNull();
    expect(queue.isEmpty).toBe(false);
    queue.answer(id, vector(1));
    expect(queue.isEmpty).toBe(true);
  });

  it('fails with all it was given with when one text cannot be embedded', async () => {
    const queue = new EmbeddingQueue();
    const given = queue.add(['a', 'b'], 'bulk');

    queue.refuse(queue.next()?.id ?? 0, 'why');

    await expect(given).rejects.toThrow(new TextError('A text could not be embedded: why'));
    expect(queue.next()).toBeNull();
  });

  it('begins anew with another model', async () => {
    const queue = new EmbeddingQueue();
    const given = queue.add(['a', 'b'], 'bulk');
    queue.answer(queue.next()?.id ?? 0, vector(1));
    queue.next();
    queue.lost();

    queue.startOver();
    const ids = [queue.next(), queue.next()].map((ask) => ask?.id ?? 0);
    for (const [at, id] of ids.entries()) queue.answer(id, vector(10 + at));

    expect(await given).toEqual([vector(10), vector(11)]);
  });
});
