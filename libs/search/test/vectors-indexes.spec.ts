import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { VectorIndex } from '../src/vectors/vector-index.js';
import { VectorIndexes, type VectorIndexesOptions } from '../src/vectors/vector-indexes.js';
import { eighths, foldersOfTests, kindOf, pageOf, randomOf } from './kit/vectors.js';

const dimensions = 384;
const kind = kindOf(dimensions);
const newFolder = foldersOfTests();
const random = randomOf(4);
const page = (chunks: number) =>
  pageOf(
    'p',
    Array.from({ length: chunks }, () => eighths(random, dimensions)),
  );
const itself = async (index: VectorIndex) => index;

describe('the vector indexes of all wikis', () => {
  let root: string;
  let indexes: VectorIndexes;
  const having = (options: Omit<VectorIndexesOptions, 'folder'>) => {
    indexes = new VectorIndexes({ folder: (wiki) => join(root, wiki), ...options });
  };
  const fill = (wiki: string, chunks = 300) =>
    indexes.use(wiki, kind, (index) => index.write({ removed: [], pages: [page(chunks)], position: wiki }));
  const position = (wiki: string) => indexes.use(wiki, kind, async (index) => index.position);
  /** Whether it is the index that was open before. */
  const isStill = async (wiki: string, before: VectorIndex) => (await indexes.use(wiki, kind, itself)) === before;

  beforeEach(() => {
    root = newFolder();
    having({});
  });
  afterEach(() => indexes.close());

  it('are opened once, however many ask at the same time', async () => {
    await fill('a');
    await indexes.close();
    having({});

    const all = await Promise.all(Array.from({ length: 20 }, () => indexes.use('a', kind, itself)));

    expect(new Set(all).size).toBe(1);
    expect(all[0]?.position).toBe('a');
    expect(await indexes.use('b', kind, itself)).not.toBe(all[0]);
  });

  it('stay within their memory: what was not used for the longest time goes', async () => {
    await fill('a');
    const each = indexes.memoryBytes;
    await indexes.close();
    having({ budgetBytes: 2.5 * each });
    await fill('b');
    const [a, b] = [await indexes.use('a', kind, itself), await indexes.use('b', kind, itself)];
    expect(await isStill('a', a)).toBe(true);

    await fill('c');

    expect(indexes.memoryBytes).toBeLessThanOrEqual(2.5 * each);
    expect(await isStill('a', a)).toBe(true);
    expect(await isStill('b', b)).toBe(false);
    expect(await position('c')).toBe('c');
  });

  it('keep what is in use, and what was used last, whatever it takes', async () => {
    having({ budgetBytes: 1 });
    await fill('a');
    const a = await indexes.use('a', kind, itself);
    expect(await isStill('a', a)).toBe(true);

    await indexes.use('a', kind, async (index) => {
      await fill('b');
      await fill('c');
      expect(await isStill('a', a)).toBe(true);
      expect(index.position).toBe('a');
    });

    expect(await position('b')).toBe('b');
    expect(await isStill('a', a)).toBe(false);
  });

  it('take no memory a while after they were used', async () => {
    having({ idleMs: 30 });
    await fill('a');
    const a = await indexes.use('a', kind, async (index) => {
      // What is used only after this one is given up before it.
      await fill('b');
      const b = await indexes.use('b', kind, itself);
      await expect.poll(() => b.memoryBytes).toBe(0);
      expect(index.position).toBe('a');
      return index;
    });
    expect(indexes.memoryBytes).toBeGreaterThan(0);

    await expect.poll(() => indexes.memoryBytes).toBe(0);
    await expect.poll(() => a.memoryBytes).toBe(0);
    expect(await position('a')).toBe('a');
  });

  it('of different models are kept apart', async () => {
    await fill('a');

    await indexes.use('a', { dimensions, modelId: 'another model' }, async (index) => {
      expect([index.state, index.position]).toEqual(['other-model', null]);
    });

    expect(await position('a')).toBe('a');
  });

  it('are deleted with their wiki, also while they are in use', async () => {
    await fill('a');
    await fill('b');

    await indexes.use('a', kind, async (index) => {
      await indexes.forget('a');
      expect(existsSync(join(root, 'a'))).toBe(false);
      await expect(index.write({ removed: [], pages: [page(1)], position: 'x' })).rejects.toThrow('closed');
    });

    expect(existsSync(join(root, 'a'))).toBe(false);
    expect([await position('a'), await position('b')]).toEqual([null, 'b']);
    await indexes.forget('never there');
  });

  it('that cannot be opened are tried again', async () => {
    mkdirSync(join(root, 'a'), { recursive: true });
    mkdirSync(join(root, 'a/manifest.json'));

    await expect(position('a')).rejects.toThrow('EISDIR');
    await indexes.forget('a');

    expect(await position('a')).toBeNull();
  });

  it('pass on what the work throws, and are free again', async () => {
    having({ budgetBytes: 1 });
    await fill('a');
    const failing = indexes.use('a', kind, async () => Promise.reject(new Error('of the work')));

    await expect(failing).rejects.toThrow('of the work');
    await fill('b');
    await expect.poll(() => indexes.memoryBytes).toBeLessThan(2 ** 20);
  });

  it('are refused when they are closed', async () => {
    await fill('a');
    await indexes.close();

    expect(indexes.memoryBytes).toBe(0);
    await expect(position('a')).rejects.toThrow('closed');
  });
});
