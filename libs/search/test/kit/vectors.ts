import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { FoundChunk, PageChunks, VectorIndex, VectorKind } from '../../src/vectors/vector-index.js';

/** Vectors of so many numbers, of a model that nobody runs. */
export const kindOf = (dimensions: number): VectorKind => ({ dimensions, modelId: 'a model' });

/** Gives each test a folder that does not exist yet. */
export function foldersOfTests(): () => string {
  const made: string[] = [];
  afterEach(() => {
    for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
  return () => {
    const folder = mkdtempSync(join(tmpdir(), 'vectors-'));
    made.push(folder);
    return join(folder, 'index');
  };
}

/** Numbers from 0 to 1 that are the same for the same seed. */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Eighths between -1 and 1: their products add up without rounding in whatever order, and are often equal. */
export const eighths = (random: () => number, dimensions: number): Float32Array =>
  Float32Array.from({ length: dimensions }, () => Math.round(16 * random() - 8) / 8);

/** A vector of length 1 near another one. */
export function near(random: () => number, centre: ArrayLike<number>, spread: number): Float32Array {
  const numbers = Array.from(centre, (number) => number + spread * normal(random));
  const length = Math.hypot(...numbers);
  return Float32Array.from(numbers, (number) => number / length);
}

/** A vector of length 1 in any direction. */
export const anyVector = (random: () => number, dimensions: number): Float32Array =>
  near(random, new Float32Array(dimensions), 1);

const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** A page with a chunk for each vector. */
export const pageOf = (path: string, vectors: readonly Float32Array[], stamp = 'a blob'): PageChunks => ({
  path,
  stamp,
  chunks: vectors.map((vector, at) => ({
    textHash: `${path} ${stamp} ${at}`,
    vector,
    details: {
      section: `§ ${at}`,
      sectionPath: `${path} > § ${at}`,
      text: `Text ${at} of ${path}, ${stamp}.`,
      pageWords: 7,
    },
  })),
});

/** What an index should find, by a loop over all chunks. */
export function plainSearch(
  pages: Iterable<PageChunks>,
  { query, limit, perPage, allowed = () => true }: Parameters<VectorIndex['search']>[0],
): FoundChunk[] {
  const all = Array.from(pages)
    .filter(({ path }) => allowed(path))
    .flatMap(({ path, stamp, chunks }) =>
      chunks.map(({ vector, details }, chunkIndex) => {
        const score = dot(query, vector);
        return { path, stamp, chunkIndex, totalChunks: chunks.length, score, details, vector };
      }),
    )
    .sort((a, b) => b.score - a.score || (a.path < b.path ? -1 : a.path > b.path ? 1 : a.chunkIndex - b.chunkIndex));
  const taken = new Map<string, number>();
  return all
    .filter(({ path }) => {
      const many = taken.get(path) ?? 0;
      taken.set(path, many + 1);
      return many < perPage;
    })
    .slice(0, limit);
}

/** The inner product, by a loop. */
export function dot(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return sum;
}

/** All that an index holds, as it shows. */
export async function contentOf(index: VectorIndex, dimensions: number) {
  const query = Float32Array.from({ length: dimensions }, (_, at) => (at % 3) - 0.875);
  const found = await index.search({ query, limit: 1e6, perPage: 1e6 });
  return {
    position: index.position,
    stamps: Array.from(index.stamps()).sort(),
    troubles: index.troubles().sort((a, b) => (a.path < b.path ? -1 : 1)),
    counts: [index.pageCount, index.chunkCount],
    found,
  };
}
