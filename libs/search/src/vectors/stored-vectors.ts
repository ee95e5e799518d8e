import { ChunkVectors, type Question, type ScanLimits } from './chunk-vectors.js';
import type { ChunkRow, PageRows } from './chunk-table.js';
import { type ChunkDetails, detailsIn, type PageChunks, recordOf, type VectorChange } from './page-chunks.js';
import { RecordFile } from './record-file.js';
import { linkOfFile, type Manifest } from './vector-manifest.js';
import type { VectorRecord } from './vector-record.js';

/** A chunk that was found. */
export interface FoundChunk {
  path: string;
  /** What the chunk was made from: the blob's id. */
  stamp: string;
  /** Counts over the page, from 0. */
  chunkIndex: number;
  totalChunks: number;
  /** Inner product with the query: of vectors of length 1, 1 says that they are the same. */
  score: number;
  details: ChunkDetails;
  vector: Float32Array;
}

/** So much of a file may be of no use before it is worth writing anew. */
const garbageBytes = 1 << 20;

/** Pages and chunks that are copied at once. */
const entriesPerBatch = 500;

/** A file of records, and what they say in memory. */
export class StoredVectors {
  private readonly vectors: ChunkVectors;
  private readUpTo: string | null = null;
  /** The state of the file that was looked at last. */
  private seen: string | null = null;

  private constructor(
    private readonly file: RecordFile,
    { dimensions }: Manifest,
    limits: ScanLimits,
  ) {
    this.vectors = new ChunkVectors(dimensions, limits);
  }

  /** Reads the file that a manifest names; null when it is not there. */
  static async open(folder: string, manifest: Manifest, limits: ScanLimits): Promise<StoredVectors | null> {
    const file = await RecordFile.open(folder, manifest.file, linkOfFile(manifest));
    if (file === null) return null;
    try {
      const stored = new StoredVectors(file, manifest, limits);
      if (await stored.takeIn()) return stored;
    } catch (error) {
      await file.retire();
      throw error;
    }
    await file.retire();
    return null;
  }

  get fileName(): string {
    return this.file.name;
  }

  get position(): string | null {
    return this.readUpTo;
  }

  get chunkCount(): number {
    return this.vectors.count;
  }

  get memoryBytes(): number {
    return this.vectors.memoryBytes;
  }

  get pages(): ReadonlyMap<string, Readonly<PageRows>> {
    return this.vectors.pages;
  }

  /** Stands for all that is here. */
  get link(): Buffer {
    return this.file.link;
  }

  get isMostlyGarbage(): boolean {
    const garbage = this.file.bytes - this.vectors.fileBytes;
    return garbage > garbageBytes && 2 * garbage > this.file.bytes;
  }

  /** The vectors of a page's chunks. */
  vectorsOf(path: string): Float32Array[] {
    return (this.pages.get(path)?.rows ?? []).map((row) => this.vectors.vector(row));
  }

  /** The vector of a text, if a chunk has it. */
  known(textHash: string): Float32Array | null {
    return this.vectors.known(textHash);
  }

  /** Takes in what was appended since; false when the file is not any more what was read of it. */
  async takeIn({ isCareful = false } = {}): Promise<boolean> {
    const state = await this.file.state();
    if (state === null) return false;
    if (state === this.seen && !isCareful) return true;
    if (!(await this.file.isIntact())) return false;
    for await (const record of this.file.records()) this.apply(record);
    this.seen = state;
    return true;
  }

  /** Writes a change durably, and does it. */
  async append(change: VectorChange): Promise<void> {
    this.apply(await this.file.append(recordOf({ ...change, position: change.position ?? this.readUpTo })));
  }

  /** The nearest chunks; null when details of one are not there any more as they were. */
  async search(question: Question): Promise<FoundChunk[] | null> {
    const found = this.vectors.search(question).map(({ row, chunk, score }) => {
      const { page, index: chunkIndex } = chunk;
      const facts = { path: page.path, stamp: page.stamp, chunkIndex, totalChunks: page.rows.length, score };
      return { chunk, facts, vector: this.vectors.vector(row) };
    });
    return whole(
      await Promise.all(
        found.map(async ({ chunk, facts, vector }) => {
          const details = await this.details(chunk);
          return details && { ...facts, details, vector };
        }),
      ),
    );
  }

  /** All pages, in batches that can be held in memory once more. */
  *batches(): Generator<string[]> {
    let [paths, chunks]: [string[], number] = [[], 0];
    for (const { path, rows } of Array.from(this.pages.values())) {
      paths.push(path);
      chunks += rows.length;
      if (chunks + paths.length < entriesPerBatch) continue;
      yield paths;
      [paths, chunks] = [[], 0];
    }
    if (paths.length > 0) yield paths;
  }

  /** Some pages with all their chunks; null when details of one are not there any more as they were. */
  async pagesOf(paths: readonly string[]): Promise<PageChunks[] | null> {
    const pages = paths.flatMap((path) => this.pages.get(path) ?? []);
    return whole(
      await Promise.all(
        pages.map(async ({ path, stamp, trouble, rows }) => {
          const chunks = whole(await Promise.all(rows.map((row) => this.indexedChunk(row))));
          return chunks && { path, stamp, ...(trouble === undefined ? {} : { trouble }), chunks };
        }),
      ),
    );
  }

  /** Gives the file back when nobody reads it any more. */
  async retire(): Promise<void> {
    this.vectors.stop();
    await this.file.retire();
  }

  private apply(record: VectorRecord): void {
    this.vectors.apply(record);
    this.readUpTo = record.head.position;
  }

  private async indexedChunk(row: number) {
    const chunk = this.vectors.chunk(row);
    if (chunk === undefined) return null;
    const vector = this.vectors.vector(row);
    const details = await this.details(chunk);
    return details && { textHash: chunk.textHash, vector, details };
  }

  private async details({ at, bytes, sum }: ChunkRow): Promise<ChunkDetails | null> {
    return detailsIn(await this.file.read(at, bytes), sum);
  }
}

/** All of them, or null when one is missing. */
function whole<T>(parts: readonly (T | null)[]): T[] | null {
  const there = parts.filter((part) => part !== null);
  return there.length === parts.length ? there : null;
}
