import { crc32 } from 'node:zlib';
import type { PageEntry, RecordParts } from './vector-record.js';

/** What a result shows of a chunk. */
export interface ChunkDetails {
  section: string;
  sectionPath: string;
  text: string;
  pageWords: number;
}

/** A chunk as it is given to the index. */
interface IndexedChunk {
  /** Of the text that was embedded: the same text need not be embedded again. */
  textHash: string;
  vector: Float32Array;
  details: ChunkDetails;
}

/** A page as the index holds it. */
export interface PageChunks {
  path: string;
  /** What the chunks were made from: the blob's id. */
  stamp: string;
  /** Why the page could not be read or embedded, if so; it has no chunks then. */
  trouble?: string;
  chunks: readonly IndexedChunk[];
}

/** What changes in an index at once. */
export interface VectorChange {
  removed: readonly string[];
  /** Each takes the place of what was there of the page. */
  pages: readonly PageChunks[];
  /** The commit that was read up to; null when it is the one before. */
  position: string | null;
}

/** More than this, and products of two could not be told from each other. */
const longestSquared = 2 ** 60;

/** Throws when a vector cannot be compared with others of so many numbers. */
export function requireVector(vector: Float32Array, dimensions: number): void {
  if (vector.length !== dimensions) throw new RangeError(`A vector has ${vector.length} numbers, not ${dimensions}.`);
  const squared = vector.reduce((sum, number) => sum + number * number, 0);
  if (!(squared <= longestSquared)) throw new RangeError('A vector has numbers that are none, or are too large.');
}

/** Throws when a vector of these pages cannot be compared with others of so many numbers. */
export function requireVectors(pages: readonly PageChunks[], dimensions: number): void {
  for (const { chunks } of pages) for (const { vector } of chunks) requireVector(vector, dimensions);
}

/** A change as a record holds it. */
export function recordOf({ removed, pages, position }: VectorChange): RecordParts {
  const details: Buffer[] = [];
  const vectors: Float32Array[] = [];
  const entries = pages.map(({ path, stamp, trouble, chunks }): PageEntry => {
    const places = chunks.map((chunk) => {
      const bytes = Buffer.from(JSON.stringify(chunk.details));
      details.push(bytes);
      vectors.push(chunk.vector);
      return [chunk.textHash, bytes.length, crc32(bytes)] as const;
    });
    return { path, stamp, trouble, chunks: places };
  });
  return { head: { position, removed, pages: entries }, details, vectors };
}

/** The details that were written; null when these bytes are others. */
export const detailsIn = (bytes: Buffer | null, sum: number): ChunkDetails | null =>
  bytes !== null && crc32(bytes) === sum ? (JSON.parse(bytes.toString('utf8')) as ChunkDetails) : null;
