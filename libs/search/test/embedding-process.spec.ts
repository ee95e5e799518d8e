import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { EmbeddingProcess as Process } from '../src/embedding/embedding-process.js';
import { EmbeddingProcess } from '../src/embedding/embedding-process.js';
import { Embedder, shippedModel } from '../src/index.js';
import { describeEmbedding, isAlive, longTexts } from './kit/embedding.js';

const refused = { name: 'SearchError', code: 'meaning-unavailable' };

describeEmbedding('the embedding process', () => {
  let embedder: Embedder;
  beforeEach(() => {
    embedder = new Embedder({ idleMs: 200 });
  });
  afterEach(() => embedder.close());

  const kill = () => {
    const { pid } = embedder;
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
  };
  const query = () => embedder.embed(['how is it done'], { lane: 'query' });

  it('starts with the first text, and answers it soon', async () => {
    expect(embedder.status().state).toBe('off');
    const started = performance.now();

    const vectors = query();
    expect(embedder.status().state).toBe('starting');
    expect(await vectors).toHaveLength(1);

    expect(embedder.status().state).toBe('ready');
    // 0.3 s on a quiet machine, and the tests are not alone.
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('goes when there is nothing to do, and comes again', async () => {
    const [before] = await query();
    const first = embedder.pid ?? 0;

    await expect.poll(() => embedder.status().state).toBe('off');
    await expect.poll(() => isAlive(first)).toBe(false);

    expect(await query()).toEqual([before]);
    expect(embedder.pid).not.toBe(first);
  });

  it('may die at any time: every text is answered', async () => {
    const texts = longTexts(60);
    const wanted = await embedder.embed(texts, { lane: 'bulk' });

    const bulk = embedder.embed(texts, { lane: 'bulk' });
    for (let death = 0; death < 3; death += 1) {
      const answer = query();
      kill();
      expect(await answer).toHaveLength(1);
    }

    expect(await bulk).toEqual(wanted);
  });

  it('may die while it starts', async () => {
    const answer = query();
    kill();

    expect(await answer).toHaveLength(1);
  });

  it('that dies again and again is given up for a while', async () => {
    const deaths = setInterval(kill, 5);

    await expect(query()).rejects.toMatchObject(refused);
    clearInterval(deaths);

    expect(embedder.status()).toMatchObject({ state: 'failed', reason: expect.stringContaining('SIGKILL') });
  });

  it('forgets what nobody waits for any more', async () => {
    const hurry = new AbortController();
    const bulk = embedder.embed(longTexts(5000), { lane: 'bulk', signal: hurry.signal });
    await query();

    hurry.abort(new Error('enough'));

    await expect(bulk).rejects.toThrow('enough');
    await expect.poll(() => embedder.status().state, { timeout: 5000 }).toBe('off');
    await expect(embedder.embed(['x'], { lane: 'query', signal: hurry.signal })).rejects.toThrow('enough');
  });

  it('is gone when it is closed, and nobody is left waiting', async () => {
    await query();
    const pid = embedder.pid ?? 0;
    const waiting = expect(embedder.embed(longTexts(100), { lane: 'bulk' })).rejects.toMatchObject(refused);

    await embedder.close();

    await waiting;
    expect(isAlive(pid)).toBe(false);
    await expect(query()).rejects.toMatchObject(refused);
  });

  it('leaves the event loop of its parent free', async () => {
    await query();
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();

    await embedder.embed(longTexts(200), { lane: 'bulk' });

    delay.disable();
    expect(delay.percentile(99) / 1e6).toBeLessThan(20);
  });

  it('ends with its parent, however that ends', async () => {
    const script = join(import.meta.dirname, 'kit/embedder-parent.mjs');
    const parent = spawn(process.execPath, [script, shippedModel], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [said] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(said.toString());
    expect(isAlive(pid)).toBe(true);

    parent.kill('SIGKILL');

    await expect.poll(() => isAlive(pid)).toBe(false);
  });
});

describeEmbedding('a query', () => {
  it('waits for one text in bulk at the most', async () => {
    const waited: number[] = [];
    for (let round = 0; round < 5; round += 1) waited.push(await bulkBefore());

    // What is running when it comes, no more; once more on a machine so busy that it comes late.
    expect(waited.toSorted((a, b) => a - b)[2]).toBeLessThanOrEqual(1);
    expect(Math.max(...waited)).toBeLessThanOrEqual(2);
  });
});

/** How many of twenty texts in bulk are answered between a query and its answer. */
function bulkBefore(): Promise<number> {
  const query = 100;
  let [answers, asked, between] = [0, false, 0];
  return new Promise((resolve) => {
    const vector = (id: number) => {
      answers += 1;
      if (id === query) void child.end().then(() => resolve(between));
      else if (asked) between += 1;
      else if (answers === 3) {
        asked = true;
        child.ask({ id: query, lane: 'query', text: 'how is it done' });
      }
    };
    const ready = () => longTexts(20).forEach((text, id) => child.ask({ id, lane: 'bulk', text }));
    const nothing = () => {};
    const child: Process = new EmbeddingProcess(
      { modelDir: shippedModel, threads: 2 },
      { ready, vector, failed: nothing, refused: nothing, ended: nothing },
    );
  });
}
