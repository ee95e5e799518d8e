import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { type PageChunks, VectorIndex, type VectorIndexOptions, type VectorKind } from '../src/vectors/vector-index.js';
import { contentOf, eighths, foldersOfTests, kindOf, pageOf, plainSearch, randomOf } from './kit/vectors.js';

const dimensions = 16;
const kind = kindOf(dimensions);
const newFolder = foldersOfTests();
const open: VectorIndex[] = [];
const opened = async (folder: string, of: VectorKind = kind, options?: VectorIndexOptions) => {
  const index = await VectorIndex.open(folder, of, options);
  open.push(index);
  return index;
};
afterEach(async () => {
  for (const index of open.splice(0)) await index.close();
});

const random = randomOf(1);
const vectors = (count: number) => Array.from({ length: count }, () => eighths(random, dimensions));
const everything = { query: eighths(random, dimensions), limit: 1e6, perPage: 1e6 };

describe('a vector index', () => {
  it('is not on the disk before something is written', async () => {
    const folder = newFolder();
    const index = await opened(folder);

    expect(await index.search(everything)).toEqual([]);
    expect(await index.compact()).toBe(false);
    expect([index.state, index.position, index.chunkCount, index.pageCount, index.memoryBytes]).toEqual([
      ...['absent', null, 0, 0, 0],
    ]);
    expect(existsSync(folder)).toBe(false);
  });

  it('holds what was written, and again when it is opened anew', async () => {
    const folder = newFolder();
    const pages = [pageOf('a', vectors(2)), pageOf('b/é €', vectors(1)), pageOf('empty', [])];
    const index = await opened(folder);
    await index.write({ removed: [], pages, position: 'one' });

    for (const each of [index, await opened(folder)]) {
      expect(each.state).toBe('ready');
      expect(await contentOf(each, dimensions)).toMatchObject({
        position: 'one',
        counts: [3, 3],
        stamps: [
          ['a', 'a blob'],
          ['b/é €', 'a blob'],
          ['empty', 'a blob'],
        ],
      });
      expect(await each.search(everything)).toEqual(plainSearch(pages, everything));
      expect(each.memoryBytes).toBeGreaterThan(3 * dimensions * 4);
    }
  });

  it('replaces a page whole, and forgets one that was removed', async () => {
    const index = await opened(newFolder());
    const [kept, before, after] = [pageOf('kept', vectors(3)), pageOf('p', vectors(5)), pageOf('p', vectors(2), 'new')];
    await index.write({ removed: [], pages: [before, kept, pageOf('gone', vectors(4))], position: 'one' });

    await index.write({ removed: ['gone', 'never there'], pages: [after], position: 'two' });

    expect(await index.search(everything)).toEqual(plainSearch([kept, after], everything));
    expect(index.stamps()).toEqual(new Map(Object.entries({ kept: 'a blob', p: 'new' })));
  });

  it('keeps its position when a change has none', async () => {
    const folder = newFolder();
    const index = await opened(folder);
    await index.write({ removed: [], pages: [pageOf('a', vectors(1))], position: null });
    expect(index.position).toBeNull();

    await index.write({ removed: [], pages: [], position: 'one' });
    await index.write({ removed: ['a'], pages: [], position: null });

    expect(index.position).toBe('one');
    expect((await opened(folder)).position).toBe('one');
  });

  it('remembers pages that made trouble', async () => {
    const folder = newFolder();
    const bad = { ...pageOf('bad', []), trouble: 'It is not text.' };
    await (await opened(folder)).write({ removed: [], pages: [bad, pageOf('a', vectors(1))], position: 'one' });

    const index = await opened(folder);
    expect(index.troubles()).toEqual([{ path: 'bad', trouble: 'It is not text.' }]);
    expect(index.stamps().get('bad')).toBe('a blob');
    await index.write({ removed: [], pages: [pageOf('bad', vectors(1))], position: null });
    expect(index.troubles()).toEqual([]);
  });

  it('knows the vectors of the texts it holds', async () => {
    const index = await opened(newFolder());
    const [one, other] = vectors(2);
    await index.write({ removed: [], pages: [pageOf('a', [one, other])], position: null });

    expect(index.known('a a blob 1')).toEqual(other);
    await index.write({ removed: ['a'], pages: [], position: null });
    expect(index.known('a a blob 1')).toBeNull();
  });

  it('refuses what cannot be compared, and stays as it was', async () => {
    const folder = newFolder();
    const index = await opened(folder);
    const write = (vector: Float32Array) => index.write({ removed: [], pages: [pageOf('a', [vector])], position: 'x' });
    const rebuild = await index.rebuild();
    const withOne = (number: number) => eighths(random, dimensions).fill(number, 3, 4);

    for (const vector of [withOne(NaN), withOne(Infinity), withOne(3e38), new Float32Array(dimensions + 1)]) {
      await expect(write(vector)).rejects.toThrow(RangeError);
      await expect(index.search({ ...everything, query: vector })).rejects.toThrow(RangeError);
      await expect(rebuild.add([pageOf('a', [vector])])).rejects.toThrow(RangeError);
    }
    await rebuild.abandon();
    expect((await opened(folder)).position).toBeNull();
  });

  it('of another model or size is empty, and begins anew with the next write', async () => {
    const folder = newFolder();
    await (await opened(folder)).write({ removed: [], pages: [pageOf('a', vectors(1))], position: 'one' });

    for (const other of [
      { dimensions, modelId: 'another model' },
      { dimensions: 17, modelId: 'another model' },
    ]) {
      const index = await opened(folder, other);
      expect([index.state, index.position, index.chunkCount]).toEqual(['other-model', null, 0]);
      await index.write({ removed: [], pages: [pageOf('b', [eighths(random, other.dimensions)])], position: 'two' });
      expect([index.state, index.position, index.chunkCount]).toEqual(['ready', 'two', 1]);
    }
    expect((await opened(folder)).state).toBe('other-model');
  });

  it('is refused when it is closed', async () => {
    const index = await opened(newFolder());
    await index.write({ removed: [], pages: [pageOf('a', vectors(1))], position: 'one' });
    const rebuild = await index.rebuild();
    const refused = expect(index.search(everything)).rejects.toThrow('closed');

    await index.close();

    await refused;
    await expect(index.search(everything)).rejects.toThrow('closed');
    await expect(index.write({ removed: [], pages: [], position: 'two' })).rejects.toThrow('closed');
    await expect(rebuild.add([])).rejects.toThrow('closed');
    expect(index.memoryBytes).toBe(0);
    await rebuild.abandon();
  });
});

describe('a vector index after any changes', () => {
  const path = fc.constantFrom('a', 'b', 'c/d', 'é', 'z');
  const change = fc.record({
    kind: fc.constant('write' as const),
    removed: fc.array(path, { maxLength: 2 }),
    pages: fc.uniqueArray(fc.tuple(path, fc.integer({ min: 0, max: 4 })), { maxLength: 3, selector: ([name]) => name }),
    position: fc.option(fc.string()),
  });
  const other = fc.record({ kind: fc.constantFrom('reopen' as const, 'rebuild' as const) });

  it.each([Infinity, 3])('holds what a plain list of pages holds (floats up to %d)', async (floatsUpTo) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof({ arbitrary: change, weight: 4 }, other), { maxLength: 25 }),
        async (steps) => {
          const folder = newFolder();
          let index = await opened(folder, kind, { floatsUpTo });
          const pages = new Map<string, PageChunks>();
          let position: string | null = null;
          for (const [at, step] of steps.entries()) {
            if (step.kind === 'write') {
              const written = step.pages.map(([name, count]) => pageOf(name, vectors(count), `${at}`));
              await index.write({ removed: step.removed, pages: written, position: step.position });
              for (const name of step.removed) pages.delete(name);
              for (const page of written) pages.set(page.path, page);
              position = step.position ?? position;
            } else if (step.kind === 'rebuild') {
              const rebuild = await index.rebuild();
              for (const page of pages.values()) await rebuild.add([page]);
              await rebuild.finish(position);
            } else {
              await index.close();
              index = await opened(folder, kind, { floatsUpTo });
            }
            const question = { query: eighths(random, dimensions), limit: 1 + (at % 7), perPage: 1 + (at % 3) };
            expect(await index.search(question)).toEqual(plainSearch(pages.values(), question));
            expect(await index.search(everything)).toEqual(plainSearch(pages.values(), everything));
            expect([index.position, index.pageCount]).toEqual([position, pages.size]);
            for (const { chunks } of pages.values()) {
              for (const { textHash, vector } of chunks) expect(index.known(textHash)).toEqual(vector);
            }
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});
