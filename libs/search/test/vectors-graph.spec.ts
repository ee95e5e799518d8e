import { afterEach, describe, expect, it } from 'vitest';
import { ChunkVectors, type ScanLimits } from '../src/vectors/chunk-vectors.js';
import { graphLibrary, NeighbourGraph } from '../src/vectors/neighbour-graph.js';
import { type PageChunks, VectorIndex } from '../src/vectors/vector-index.js';
import { recordOf } from '../src/vectors/page-chunks.js';
import { anyVector, dot, foldersOfTests, kindOf, near, pageOf, plainSearch, randomOf } from './kit/vectors.js';

const library = await graphLibrary();
if (library === null) console.warn('Tests of the graph are skipped: hnswlib-node cannot be loaded.');

const dimensions = 48;
const limits: ScanLimits = { floatsUpTo: Infinity, scanUpTo: 1000, scansBeforeGraph: 0 };
const scanned: ScanLimits = { ...limits, scanUpTo: Infinity };
const random = randomOf(7);
const centres = Array.from({ length: 60 }, () => anyVector(random, dimensions));
const anywhere = () => near(random, centres[Math.floor(random() * centres.length)] ?? [], 0.08);
const somePage = (at: number, stamp: string) => pageOf(`p/${at}`, [anywhere(), anywhere()], stamp);
const ten = { limit: 10, perPage: 1 };

/** Chunks that a graph leads to, and the same ones that are scanned. */
class Both {
  readonly graph = new ChunkVectors(dimensions, limits);
  readonly scan = new ChunkVectors(dimensions, scanned);
  readonly pages = new Map<string, PageChunks>();

  write(pages: PageChunks[], removed: string[] = []) {
    for (const path of removed) this.pages.delete(path);
    for (const page of pages) this.pages.set(page.path, page);
    const { head, vectors } = recordOf({ removed, pages, position: null });
    const joined = Float32Array.from(vectors.flatMap((vector) => Array.from(vector)));
    for (const each of [this.graph, this.scan]) each.apply({ head, vectors: joined, detailsAt: 0 });
  }

  async built() {
    this.graph.search({ query: anywhere(), ...ten });
    await expect.poll(() => this.graph.graphedCount).toBe(this.graph.count);
  }

  /** The part of what a scan finds that the graph leads to; it must be real, and in order. */
  recall(allowed?: (path: string) => boolean): number {
    let [found, wanted] = [0, 0];
    for (let round = 0; round < 60; round += 1) {
      const question = { query: anywhere(), ...ten, allowed };
      const places = (by: ChunkVectors) =>
        by.search(question).map(({ chunk, score }) => `${chunk.page.path} ${chunk.page.stamp} ${chunk.index} ${score}`);
      const [near, exact] = [new Set(places(this.graph)), places(this.scan)];
      expect(near.size).toBe(exact.length);
      found += exact.filter((place) => near.has(place)).length;
      wanted += exact.length;
    }
    return found / wanted;
  }
}

/** The part of the ten nearest rows that is among those a graph leads to, which are as many as asked for. */
function recallOf(graph: NeighbourGraph, rows: readonly Float32Array[]): number {
  let found = 0;
  for (let round = 0; round < 50; round += 1) {
    const query = anywhere();
    const near = new Set(graph.near(query, 80));
    const scores = rows.map((vector) => dot(query, vector));
    const nearest = Array.from(scores.keys()).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
    expect(near.size).toBe(80);
    found += nearest.slice(0, 10).filter((row) => near.has(row)).length;
  }
  return found / 500;
}

describe.skipIf(library === null)('a graph of neighbours', () => {
  let both: Both;
  afterEach(() => both.graph.stop());

  it('leads to what a scan finds, and scans until it is built', async () => {
    both = new Both();
    both.write(Array.from({ length: 2000 }, (_, at) => somePage(at, 'a')));
    expect(both.recall()).toBe(1);
    expect(both.graph.graphedCount > 0).toBe(false);
    const before = both.graph.memoryBytes;

    await both.built();

    expect(both.recall()).toBeGreaterThanOrEqual(0.98);
    expect(both.graph.memoryBytes).toBeGreaterThan(before + 4000 * dimensions * 4);
  });

  it('by itself leads to nearly all of the nearest, also when rows moved', async () => {
    both = new Both();
    const rows = Array.from({ length: 3000 }, anywhere);
    const held = {
      get count() {
        return rows.length;
      },
      vector: (row: number) => rows[row] ?? anywhere(),
    };
    const graph = new NeighbourGraph(dimensions, held);
    expect(graph.near(anywhere(), 80)).toBeNull();
    await expect.poll(() => graph.count).toBe(3000);

    for (const gone of [0, 800]) {
      for (let many = 0; many < gone; many += 1) {
        const [gap, last] = [Math.floor(random() * rows.length), rows.length - 1];
        rows[gap] = rows[last] ?? anywhere();
        rows.pop();
        graph.fill(gap, last);
      }
      expect(recallOf(graph, rows)).toBeGreaterThanOrEqual(0.98);
      expect(graph.near(anywhere(), rows.length + 1)).toBeNull();
    }
  });

  it('follows what changes, and is built anew when much is gone', async () => {
    both = new Both();
    both.write(Array.from({ length: 2000 }, (_, at) => somePage(at, 'a')));
    await both.built();

    const changed = Array.from({ length: 150 }, (_, at) => somePage(7 * at, 'b'));
    both.write(
      changed,
      Array.from({ length: 60 }, (_, at) => `p/${11 * at + 1}`),
    );
    expect(both.graph.graphedCount > 0).toBe(true);
    expect(both.recall()).toBeGreaterThanOrEqual(0.98);
    await both.built();
    expect(both.recall()).toBeGreaterThanOrEqual(0.98);

    both.write(
      [],
      Array.from({ length: 700 }, (_, at) => `p/${at}`),
    );
    expect(both.graph.graphedCount > 0).toBe(false);
    expect(both.recall()).toBe(1);
    await both.built();
    expect(both.recall()).toBeGreaterThanOrEqual(0.98);
  });

  it('grows with what is added while it is built', async () => {
    both = new Both();
    both.write(Array.from({ length: 600 }, (_, at) => somePage(at, 'a')));
    both.graph.search({ query: anywhere(), ...ten });
    for (let step = 1; step < 6; step += 1) {
      both.write(
        Array.from({ length: 300 }, (_, at) => somePage(300 * step + at, 'b')),
        [`p/${step}`],
      );
      await expect.poll(() => both.graph.graphedCount > 0).toBe(true);
    }
    await both.built();

    expect(both.recall()).toBeGreaterThanOrEqual(0.98);
  });

  it('leads to what is allowed, and leaves to a scan what it does not lead to', async () => {
    both = new Both();
    both.write(Array.from({ length: 2000 }, (_, at) => somePage(at, 'a')));
    await both.built();

    expect(both.recall((path) => !path.endsWith('1'))).toBeGreaterThanOrEqual(0.98);
    expect(both.recall((path) => path.endsWith('33'))).toBe(1);
    expect(both.recall((path) => path === 'p/12')).toBe(1);
    expect(both.recall(() => false)).toBeNaN();
  });
});

describe('without the library of graphs', () => {
  it('all is scanned', async () => {
    const vectors = new ChunkVectors(dimensions, limits, async () => null);
    const pages = Array.from({ length: 600 }, (_, at) => somePage(at, 'a'));
    const { head, vectors: each } = recordOf({ removed: [], pages, position: null });
    vectors.apply({ head, vectors: Float32Array.from(each.flatMap((vector) => Array.from(vector))), detailsAt: 0 });
    const question = { query: anywhere(), ...ten };
    const wanted = plainSearch(pages, question).map(({ path }) => path);

    for (let round = 0; round < 3; round += 1) {
      expect(vectors.search(question).map(({ chunk }) => chunk.page.path)).toEqual(wanted);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(vectors.graphedCount).toBe(0);
  });
});

describe.skipIf(library === null)('a vector index with a graph', () => {
  const newFolder = foldersOfTests();

  it('finds what it finds without', async () => {
    const folder = newFolder();
    const pages = Array.from({ length: 800 }, (_, at) => somePage(at, 'a'));
    const index = await VectorIndex.open(folder, kindOf(dimensions), limits);
    await index.write({ removed: [], pages, position: 'one' });
    const before = index.memoryBytes;
    const question = { query: anywhere(), ...ten };
    const wanted = plainSearch(pages, question).map(({ path, details }) => [path, details]);

    await index.search(question);
    await expect.poll(() => index.memoryBytes).toBeGreaterThan(before + 1600 * dimensions * 4);
    const found = await index.search(question);
    await index.close();

    expect(found.map(({ path, details }) => [path, details])).toEqual(wanted);
  });
});
