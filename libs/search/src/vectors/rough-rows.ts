import { ByteRows, type RoughScores } from './vector-rows.js';

/** The rows that are turned into bytes. */
interface ExactRows {
  readonly count: number;
  vector(row: number): Float32Array;
}

/** More at once would hold up others. */
const rowsAtOnce = 2000;

/** The same rows in bytes, made little by little. */
export class RoughRows {
  private readonly rows: ByteRows;
  /** So many from the first on are there. */
  private made = 0;

  constructor(
    dimensions: number,
    private readonly exact: ExactRows,
  ) {
    this.rows = new ByteRows(dimensions);
  }

  get bytes(): number {
    return this.rows.bytes;
  }

  /** Makes some of those that are missing; whether all are there. */
  makeMore(): boolean {
    const end = Math.min(this.exact.count, this.made + rowsAtOnce);
    for (; this.made < end; this.made += 1) this.rows.write(this.made, this.exact.vector(this.made));
    return this.made === this.exact.count;
  }

  /** Takes notice that a row is gone, and the last one has its place. */
  fill(gap: number, last: number): void {
    if (gap >= this.made) return;
    if (last >= this.made) return this.rows.write(gap, this.exact.vector(gap));
    this.rows.fill(gap, last);
    this.made = last;
  }

  /** Approximate scores of all rows, when all are there. */
  scoreAll(query: Float32Array): RoughScores {
    return this.rows.scoreAll(query, this.made);
  }
}
