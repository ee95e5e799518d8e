import { newScanner, numbersPerStep, type Scanner } from './scan-module.js';

/** Rows lie in blocks of so many, each with its scales and scores, so nothing moves when the memory grows. */
const rowsPerBlock = 256;
const pageBytes = 1 << 16;
/** More does not fit into the memory of one scanner. */
const mostBytes = 2 ** 32;
const byteLimit = 127;
const wordLimit = 32_767;

/** Numbers of a row: those of a vector, and zeros up to a whole number of steps. */
const paddedTo = (dimensions: number): number => Math.ceil(dimensions / numbersPerStep) * numbersPerStep;

/** Rows of equal length in the memory of a scanner. */
class RowMemory {
  readonly scanner: Scanner = newScanner();
  private readonly blockBytes: number;

  constructor(
    readonly rowBytes: number,
    private readonly queryBytes: number,
  ) {
    this.blockBytes = rowsPerBlock * (rowBytes + 8);
    this.reserve(queryBytes);
  }

  get bytes(): number {
    return this.scanner.memory.buffer.byteLength;
  }

  /** Where a row begins; there is room for it afterwards, and views of the memory from before are void. */
  place(row: number): number {
    this.reserve(this.blockAt(Math.floor(row / rowsPerBlock) + 1));
    return this.rowAt(row);
  }

  rowAt(row: number): number {
    return this.blockAt(Math.floor(row / rowsPerBlock)) + (row % rowsPerBlock) * this.rowBytes;
  }

  scaleAt(row: number): number {
    return this.blockAt(Math.floor(row / rowsPerBlock)) + rowsPerBlock * this.rowBytes + 4 * (row % rowsPerBlock);
  }

  floats(at: number, length: number): Float32Array {
    return new Float32Array(this.scanner.memory.buffer, at, length);
  }

  /** Puts the last row, with its scale, in the place of one that is gone. */
  fill(gap: number, last: number): void {
    const from = this.rowAt(last);
    new Uint8Array(this.scanner.memory.buffer).copyWithin(this.rowAt(gap), from, from + this.rowBytes);
    this.floats(this.scaleAt(gap), 1).set(this.floats(this.scaleAt(last), 1));
  }

  /** The scores of all rows up to `count` for the query that lies at the beginning of the memory. */
  scoreAll(scan: Scanner['scanFloats'], count: number): Float32Array {
    const scores = new Float32Array(count);
    for (let first = 0; first < count; first += rowsPerBlock) {
      const many = Math.min(rowsPerBlock, count - first);
      scores.set(this.scored(scan, first, many), first);
    }
    return scores;
  }

  /** The scores of some rows; those that follow each other are scored at once. */
  scoreEach(scan: Scanner['scanFloats'], rows: ArrayLike<number>): Float32Array {
    const scores = new Float32Array(rows.length);
    for (let at = 0, many = 1; at < rows.length; at += many, many = 1) {
      const first = rows[at] ?? 0;
      const room = rowsPerBlock - (first % rowsPerBlock);
      while (many < room && rows[at + many] === first + many) many += 1;
      scores.set(this.scored(scan, first, many), at);
    }
    return scores;
  }

  private scored(scan: Scanner['scanFloats'], row: number, many: number): Float32Array {
    const scales = this.scaleAt(row);
    const scores = scales + 4 * rowsPerBlock;
    scan(0, this.rowAt(row), many, this.rowBytes, scores, scales);
    return this.floats(scores, many);
  }

  private blockAt(block: number): number {
    return this.queryBytes + block * this.blockBytes;
  }

  private reserve(bytes: number): void {
    const missing = bytes - this.bytes;
    if (missing <= 0) return;
    // By an eighth at least: growing often is slow, and memory that is not touched costs nothing.
    const wanted = Math.min(mostBytes, this.bytes + Math.max(missing, this.bytes / 8));
    this.scanner.memory.grow(Math.ceil((wanted - this.bytes) / pageBytes));
  }
}

/** Vectors as they are, and their exact scores. */
export class FloatRows {
  private readonly memory: RowMemory;

  constructor(private readonly dimensions: number) {
    const bytes = 4 * paddedTo(dimensions);
    this.memory = new RowMemory(bytes, bytes);
  }

  get bytes(): number {
    return this.memory.bytes;
  }

  write(row: number, vector: Float32Array): void {
    this.memory.floats(this.memory.place(row), this.dimensions).set(vector);
  }

  /** A copy of a row. */
  read(row: number): Float32Array {
    return this.memory.floats(this.memory.rowAt(row), this.dimensions).slice();
  }

  /** Puts the last row in the place of one that is gone. */
  fill(gap: number, last: number): void {
    this.memory.fill(gap, last);
  }

  scoreAll(query: Float32Array, count: number): Float32Array {
    this.ask(query);
    return this.memory.scoreAll(this.memory.scanner.scanFloats, count);
  }

  scoreEach(query: Float32Array, rows: ArrayLike<number>): Float32Array {
    this.ask(query);
    return this.memory.scoreEach(this.memory.scanner.scanFloats, rows);
  }

  private ask(query: Float32Array): void {
    this.memory.floats(0, this.dimensions).set(query);
  }
}

/** Approximate scores, and how far at most each is from the exact one. */
export interface RoughScores {
  scores: Float32Array;
  margin: number;
}

/** Vectors in a quarter of the memory, each number a byte of the row's own scale. */
export class ByteRows {
  private readonly memory: RowMemory;
  private readonly queryLimit: number;
  /** Of the sums of floats, as a part of the product of both lengths. */
  private readonly rounding: number;
  /** The longest vector, and the longest difference between a vector and what its bytes stand for. */
  private longest = 0;
  private loss = 0;

  constructor(private readonly dimensions: number) {
    const padded = paddedTo(dimensions);
    this.memory = new RowMemory(padded, 2 * padded);
    // The sum of all products has to fit into 32 bits.
    this.queryLimit = Math.min(wordLimit, Math.floor((2 ** 31 - 1) / (padded * byteLimit)));
    this.rounding = (padded / 16 + 8) * 2 ** -23;
  }

  get bytes(): number {
    return this.memory.bytes;
  }

  write(row: number, vector: Float32Array): void {
    const at = this.memory.place(row);
    const bytes = new Int8Array(this.memory.scanner.memory.buffer, at, this.dimensions);
    const { scale, length, loss } = quantize(vector, bytes, byteLimit);
    this.memory.floats(this.memory.scaleAt(row), 1)[0] = scale;
    this.longest = Math.max(this.longest, length);
    this.loss = Math.max(this.loss, loss);
  }

  /** Puts the last row in the place of one that is gone. */
  fill(gap: number, last: number): void {
    this.memory.fill(gap, last);
  }

  /** The scores in a unit of their own, which the margin shares; they are only for comparing. */
  scoreAll(query: Float32Array, count: number): RoughScores {
    const words = new Int16Array(this.memory.scanner.memory.buffer, 0, this.dimensions);
    const { scale, length, loss } = quantize(query, words, this.queryLimit);
    const scores = this.memory.scoreAll(this.memory.scanner.scanBytes, count);
    // Cauchy and Schwarz: q·v - q'·v' = q·(v - v') + (q - q')·v' is no more than the lengths allow; and floats round.
    const lost = length * this.loss + loss * (this.longest + this.loss);
    return { scores, margin: (lost + this.rounding * length * this.longest) / scale };
  }
}

/** Numbers as whole multiples of a scale, the length of them all, and that of what is lost by it. */
function quantize(
  vector: Float32Array,
  into: Int8Array | Int16Array,
  limit: number,
): { scale: number; length: number; loss: number } {
  let largest = 0;
  for (let at = 0; at < vector.length; at += 1) largest = Math.max(largest, Math.abs(vector[at] ?? 0));
  // Of nothing but zeros, or nearly so, any scale will do.
  const scale = Math.fround(largest / limit) || 1;
  let [squared, lost] = [0, 0];
  for (let at = 0; at < vector.length; at += 1) {
    const value = vector[at] ?? 0;
    const whole = Math.max(-limit, Math.min(limit, Math.round(value / scale)));
    into[at] = whole;
    squared += value * value;
    lost += (value - whole * scale) ** 2;
  }
  return { scale, length: Math.sqrt(squared), loss: Math.sqrt(lost) };
}
