import { bestOf, type Ranked, type Wanted } from './best-chunks.js';
import { type ChunkRow, ChunkTable, type PageRows } from './chunk-table.js';
import { type GraphLibrary, graphLibrary, NeighbourGraph } from './neighbour-graph.js';
import { RoughRows } from './rough-rows.js';
import { FloatRows } from './vector-rows.js';
import type { VectorRecord } from './vector-record.js';

/** A chunk and how near it is to what was asked: 1 is the same, 0 has nothing to do with it. */
export interface ScoredRow {
  row: number;
  chunk: ChunkRow;
  score: number;
}

/** What is looked for, and among which pages. */
export interface Question extends Wanted {
  query: Float32Array;
  allowed?: ((path: string) => boolean) | undefined;
}

/** How many chunks are searched in which way. */
export interface ScanLimits {
  /** With more chunks, bytes are scanned first: a quarter of the memory passes through the processor. */
  floatsUpTo: number;
  /** With more chunks, a graph leads to ten of them, once it is built; to twenty with twice as many, and so on. */
  scanUpTo: number;
  /** Building a graph takes as long as some thousand scans: it begins when so many searches say that it is worth it. */
  scansBeforeGraph: number;
}

/** Of fewer than one in so many allowed rows each is scored alone. */
const sparse = 8;
/** For each chunk that is wanted a graph is asked for so many: some fall to the filter, some to others of their page. */
const candidatesEach = 8;
/** The more are wanted, the more chunks there have to be until a graph is faster than a scan. */
const usuallyWanted = 10;

/** The chunks of an index in memory, and the search over them. */
export class ChunkVectors {
  private readonly table = new ChunkTable();
  private readonly floats: FloatRows;
  private rough: RoughRows | null = null;
  private graph: NeighbourGraph | null = null;
  private searches = 0;

  constructor(
    private readonly dimensions: number,
    private readonly limits: ScanLimits,
    private readonly library: GraphLibrary = graphLibrary,
  ) {
    this.floats = new FloatRows(dimensions);
  }

  get count(): number {
    return this.table.rows.length;
  }

  get pages(): ReadonlyMap<string, Readonly<PageRows>> {
    return this.table.pages;
  }

  /** To how many chunks a graph leads at the moment; the others are scanned. */
  get graphedCount(): number {
    return this.graph?.count ?? 0;
  }

  /** About how much memory all this takes. */
  get memoryBytes(): number {
    return this.floats.bytes + (this.rough?.bytes ?? 0) + (this.graph?.bytes ?? 0) + this.table.memoryBytes;
  }

  /** About how many bytes of the file belong to what is here. */
  get fileBytes(): number {
    return this.table.fileBytes + 4 * this.dimensions * this.count;
  }

  chunk(row: number): Readonly<ChunkRow> | undefined {
    return this.table.rows[row];
  }

  vector(row: number): Float32Array {
    return this.floats.read(row);
  }

  /** The vector of a text, if a chunk has it. */
  known(textHash: string): Float32Array | null {
    const row = this.table.rowOfText(textHash);
    return row === null ? null : this.floats.read(row);
  }

  /** Does what a record says. */
  apply({ head, vectors, detailsAt }: VectorRecord): void {
    for (const path of head.removed) this.removePage(path);
    let [at, read] = [detailsAt, 0];
    for (const entry of head.pages) {
      this.removePage(entry.path);
      const page = this.table.addPage(entry);
      for (const chunk of entry.chunks) {
        const row = this.table.addChunk(page, chunk, at);
        this.write(row, vectors.subarray(read, read + this.dimensions));
        read += this.dimensions;
        at += chunk[1];
      }
    }
    if (this.count > this.limits.floatsUpTo) this.rough ??= new RoughRows(this.dimensions, this);
    this.rough?.makeMore();
  }

  /** The nearest chunks, nearest first; exact unless a graph leads to them. */
  search(question: Question): ScoredRow[] {
    if (this.count === 0 || question.limit < 1 || question.perPage < 1) return [];
    this.searches += 1;
    return this.searchGraph(question) ?? this.scan(question);
  }

  /** Gives up what is still going on. */
  stop(): void {
    this.graph?.stop();
  }

  private scan({ query, allowed, ...wanted }: Question): ScoredRow[] {
    const rows = allowed === undefined ? null : this.allowedRows(allowed);
    if (rows?.length === 0) return [];
    const isFew = rows !== null && rows.length * sparse < this.count;
    if (this.rough?.makeMore() && !isFew) return this.scanRoughly(this.rough, query, rows, wanted);
    if (rows === null) return this.ranked(this.floats.scoreAll(query, this.count), null, wanted);
    const scores = isFew ? this.floats.scoreEach(query, rows) : pick(this.floats.scoreAll(query, this.count), rows);
    return this.ranked(scores, rows, wanted);
  }

  /** What a graph leads to, ranked by the exact scores; null when that is not enough. */
  private searchGraph({ query, allowed, ...wanted }: Question): ScoredRow[] | null {
    if (this.count < (this.limits.scanUpTo / usuallyWanted) * wanted.limit) return null;
    const near = this.graphInUse()?.near(query, candidatesEach * wanted.limit) ?? null;
    // The nearest of all that are allowed are the nearest of what is allowed, if only they are enough.
    const rows = near?.filter((row) => allowed?.(this.table.rows[row]?.page.path ?? '') ?? true);
    const found = rows && this.ranked(this.floats.scoreEach(query, rows), rows, wanted);
    return found?.length === wanted.limit ? found : null;
  }

  private graphInUse(): NeighbourGraph | null {
    const { scanUpTo, scansBeforeGraph } = this.limits;
    if (this.graph === null && this.count > scanUpTo && this.searches > scansBeforeGraph) {
      this.graph = new NeighbourGraph(this.dimensions, this, this.library);
    }
    return this.graph;
  }

  private removePage(path: string): void {
    this.table.removePage(path, (row, last) => {
      this.floats.fill(row, last);
      this.rough?.fill(row, last);
      this.graph?.fill(row, last);
    });
  }

  private write(row: number, vector: Float32Array): void {
    this.floats.write(row, vector);
    this.graph?.add();
  }

  /** Finds what can be among the best by bytes, and ranks that by its exact scores. */
  private scanRoughly(rough: RoughRows, query: Float32Array, rows: Int32Array | null, wanted: Wanted): ScoredRow[] {
    const { scores: all, margin } = rough.scoreAll(query);
    const scores = rows === null ? all : pick(all, rows);
    const best = bestOf(this.rankable(scores, rows), wanted);
    // The best are at least this good in truth, so whatever may be as good is within two margins of the last of them.
    const bar = (scores[best.at(-1) ?? 0] ?? 0) - 2 * margin;
    const candidates: number[] = [];
    for (let at = 0; at < scores.length; at += 1) if ((scores[at] ?? 0) >= bar) candidates.push(rows?.[at] ?? at);
    return this.ranked(this.floats.scoreEach(query, candidates), candidates, wanted);
  }

  /** The best of these scores; they are those of `rows`, or of all. */
  private ranked(scores: Float32Array, rows: ArrayLike<number> | null, wanted: Wanted): ScoredRow[] {
    return bestOf(this.rankable(scores, rows), wanted).flatMap((place) => {
      const row = rows?.[place] ?? place;
      const chunk = this.table.rows[row];
      return chunk === undefined ? [] : [{ row, chunk, score: scores[place] ?? 0 }];
    });
  }

  private rankable(scores: Float32Array, rows: ArrayLike<number> | null): Ranked {
    const chunkAt = (place: number) => this.table.rows[rows?.[place] ?? place];
    return { scores, pageOf: (place) => chunkAt(place)?.page, tie: (a, b) => byPlace(chunkAt(a), chunkAt(b)) };
  }

  private allowedRows(allowed: (path: string) => boolean): Int32Array {
    const rows: number[] = [];
    for (const page of this.table.pages.values()) if (allowed(page.path)) for (const row of page.rows) rows.push(row);
    return Int32Array.from(rows).sort();
  }
}

const pick = (scores: Float32Array, rows: Int32Array): Float32Array =>
  Float32Array.from(rows, (row) => scores[row] ?? 0);

function byPlace(a: ChunkRow | undefined, b: ChunkRow | undefined): number {
  if (a === undefined || b === undefined) return 0;
  if (a.page === b.page) return a.index - b.index;
  return a.page.path < b.page.path ? -1 : 1;
}
