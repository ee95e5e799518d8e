import { describe, expect, it } from 'vitest';
import { ChunkVectors } from '../src/vectors/chunk-vectors.js';
import { recordOf } from '../src/vectors/page-chunks.js';
import { RoughRows } from '../src/vectors/rough-rows.js';
import { ByteRows, FloatRows } from '../src/vectors/vector-rows.js';
import { anyVector, dot, eighths, near, pageOf, plainSearch, randomOf } from './kit/vectors.js';

const sizes = [1, 31, 32, 33, 100, 384, 768];
/** No way but the plain scan of floats. */
const never = { floatsUpTo: Infinity, scanUpTo: Infinity, scansBeforeGraph: Infinity };
const counts = [1, 255, 256, 257, 1000];

describe.each(sizes)('a scan of vectors of %i numbers', (dimensions) => {
  const random = randomOf(dimensions);

  it.each(counts)('scores %i rows as a plain loop does', (count) => {
    const rows = new FloatRows(dimensions);
    const vectors = Array.from({ length: count }, () => eighths(random, dimensions));
    for (const [row, vector] of vectors.entries()) rows.write(row, vector);
    const query = eighths(random, dimensions);

    const wanted = vectors.map((vector) => dot(query, vector));
    expect(Array.from(rows.scoreAll(query, count))).toEqual(wanted);
    const some = wanted.map((_, row) => row).filter((row) => row % 7 < 4);
    expect(Array.from(rows.scoreEach(query, some))).toEqual(some.map((row) => wanted[row]));
  });

  it('scores rows that were moved, and gives them back', () => {
    const rows = new FloatRows(dimensions);
    const vectors = Array.from({ length: 600 }, () => eighths(random, dimensions));
    for (const [row, vector] of vectors.entries()) rows.write(row, vector);
    const query = eighths(random, dimensions);

    for (let last = 599; last >= 300; last -= 1) {
      rows.fill(last - 300, last);
      vectors[last - 300] = vectors[last]!;
    }

    expect(rows.read(17)).toEqual(vectors[17]);
    expect(Array.from(rows.scoreAll(query, 300))).toEqual(vectors.slice(0, 300).map((vector) => dot(query, vector)));
  });

  it('in bytes is never further off than it says', () => {
    const rows = new ByteRows(dimensions);
    const vectors = [
      ...Array.from({ length: 500 }, () => anyVector(random, dimensions)),
      ...Array.from({ length: 50 }, () => eighths(random, dimensions)),
      Float32Array.from({ length: dimensions }, (_, at) => (at === 0 ? 1 : 0.004)),
      new Float32Array(dimensions),
    ];
    for (const [row, vector] of vectors.entries()) rows.write(row, vector);

    for (const query of [
      anyVector(random, dimensions),
      eighths(random, dimensions),
      new Float32Array(dimensions).fill(1),
    ]) {
      const { scores, margin } = rows.scoreAll(query, vectors.length);
      // The unit of the scores, by what it is defined.
      const unit = Math.fround(Math.max(...query.map(Math.abs)) / unitOf(dimensions));
      const errors = vectors.map((vector, row) => Math.abs((scores[row] ?? 0) * unit - dot(query, vector)));
      expect(Math.max(...errors)).toBeLessThanOrEqual(margin * unit);
      // And it says something: scores reach from -1 to 1.
      if (Math.abs(dot(query, query) - 1) < 1e-3) expect(margin * unit).toBeLessThan(dimensions / 1000 + 0.1);
    }
  });
});

describe('bytes that are made little by little', () => {
  it('are those of the rows, however these move', () => {
    const dimensions = 32;
    const random = randomOf(9);
    const rows = Array.from({ length: 9000 }, () => anyVector(random, dimensions));
    const exact = {
      get count() {
        return rows.length;
      },
      vector: (row: number) => rows[row] ?? new Float32Array(dimensions),
    };
    const rough = new RoughRows(dimensions, exact);
    const query = anyVector(random, dimensions);

    for (let step = 0; step < 12; step += 1) {
      const isWhole = rough.makeMore();
      expect(isWhole).toBe(step > 3);
      if (isWhole) {
        const anew = new ByteRows(dimensions);
        for (const [row, vector] of rows.entries()) anew.write(row, vector);
        expect(rough.scoreAll(query).scores).toEqual(anew.scoreAll(query, rows.length).scores);
      }
      for (let many = 0; many < 300; many += 1) {
        const [gap, last] = [Math.floor(random() * rows.length), rows.length - 1];
        rows[gap] = exact.vector(last);
        rows.pop();
        rough.fill(gap, last);
      }
      for (let many = 0; many < 100; many += 1) rows.push(anyVector(random, dimensions));
    }
  });
});

const unitOf = (dimensions: number) => {
  const padded = Math.ceil(dimensions / 32) * 32;
  return Math.min(32_767, Math.floor((2 ** 31 - 1) / (padded * 127)));
};

describe('the nearest chunks', () => {
  const dimensions = 48;
  const random = randomOf(5);
  const centres = Array.from({ length: 12 }, () => anyVector(random, dimensions));
  /** Near to each other: what tells them apart is less than what a byte tells. */
  const close = (at: number) => near(random, centres[at % centres.length] ?? [], 0.01);
  const pages = Array.from({ length: 300 }, (_, at) =>
    pageOf(
      `pages/${at}`,
      Array.from({ length: at % 5 }, () => (at % 2 === 0 ? close(at) : eighths(random, dimensions))),
    ),
  );
  const record = recordOf({ removed: [], pages, position: null });
  const held = (floatsUpTo: number) => {
    const vectors = new ChunkVectors(dimensions, { ...never, floatsUpTo });
    const joined = Float32Array.from(record.vectors.flatMap((vector) => Array.from(vector)));
    vectors.apply({ head: record.head, vectors: joined, detailsAt: 0 });
    return vectors;
  };
  const [byFloats, byBytes] = [held(Infinity), held(0)];
  const placesOf = (found: ReturnType<ChunkVectors['search']>) =>
    found.map(({ chunk, score }) => [chunk.page.path, chunk.index, score]);

  const filters: [string, ((path: string) => boolean) | undefined][] = [
    ['all', undefined],
    ['half of all', (path) => path.charCodeAt(path.length - 1) % 2 === 0],
    ['one in ten', (path) => path.endsWith('7')],
    ['one', (path) => path === 'pages/14'],
    ['none', () => false],
  ];

  it.each(filters)('among %s pages are the same by bytes as by floats', (_, allowed) => {
    for (const [limit, perPage] of [
      [1, 1],
      [10, 1],
      [10, 3],
      [50, 2],
      [1000, 5],
    ] as const) {
      for (const query of [close(3), close(4), eighths(random, dimensions)]) {
        const found = placesOf(byFloats.search({ query, limit, perPage, allowed }));
        expect(placesOf(byBytes.search({ query, limit, perPage, allowed }))).toEqual(found);
      }
    }
  });

  it.each(filters)('among %s pages are those of a plain loop', (_, allowed) => {
    const even = pages.map(({ path, chunks }) =>
      pageOf(
        path,
        chunks.map(() => eighths(random, dimensions)),
      ),
    );
    const vectors = new ChunkVectors(dimensions, never);
    const { head, vectors: each } = recordOf({ removed: [], pages: even, position: null });
    vectors.apply({ head, vectors: Float32Array.from(each.flatMap((vector) => Array.from(vector))), detailsAt: 0 });

    for (const [limit, perPage] of [
      [10, 1],
      [40, 2],
      [1000, 5],
    ] as const) {
      const question = { query: eighths(random, dimensions), limit, perPage, allowed };
      const wanted = plainSearch(even, question).map(({ path, chunkIndex, score }) => [path, chunkIndex, score]);
      expect(placesOf(vectors.search(question))).toEqual(wanted);
    }
  });

  it('are none when none are wanted', () => {
    const query = close(1);

    expect(byFloats.search({ query, limit: 0, perPage: 1 })).toEqual([]);
    expect(byBytes.search({ query, limit: 5, perPage: 0 })).toEqual([]);
  });
});
