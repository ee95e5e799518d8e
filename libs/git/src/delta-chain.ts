import { applyDelta, deltaSizes } from './delta.js';
import { corrupt, tooLarge } from './git-errors.js';
import type { GitObject } from './objects.js';

/** git itself gives up at this many links (pack.depth is at most 4,095). */
export const maxChain = 4095;
/** All deltas of one object together; git makes none that is longer than half of what it stands for. */
const chainBytes = 256 << 20;

/**
 * The deltas from an object down to what it is made of, held in memory until that is reached. Every size is known
 * before it is needed: each delta says how large its base is, so nothing larger is ever made on the way.
 */
export class DeltaChain {
  private readonly deltas: Buffer[] = [];
  private readonly seen = new Set<number>();
  private room: number;
  /** What the delta before says of its base; null for the object itself. */
  private expected: number | null = null;

  constructor(private readonly maxBytes: number) {
    this.room = Math.max(chainBytes, maxBytes * 2);
  }

  /** Whether a delta at this place, of this length, may still be inflated. */
  enter(place: number, length: number): void {
    if (this.seen.has(place)) throw corrupt('deltas that are each other’s base');
    if (this.seen.size >= maxChain) throw corrupt(`a chain of more than ${maxChain} deltas`);
    if (length > this.maxBytes * 2 + 1024) throw tooLarge('The delta', length, this.maxBytes);
    this.seen.add(place);
    this.room -= length;
    if (this.room < 0) throw corrupt('deltas that are longer than what they stand for');
  }

  add(delta: Buffer): void {
    const { base, result } = deltaSizes(delta);
    this.expectBase(result);
    this.expected = base;
    this.deltas.push(delta);
  }

  /** Holds the next thing of the chain to its size; the object itself to what may be read. */
  expectBase(size: number): void {
    if (this.expected === null && size > this.maxBytes) throw tooLarge('The object', size, this.maxBytes);
    if (size > this.maxBytes * 4 + (16 << 20)) throw tooLarge('The base of the object', size, this.maxBytes);
    if (this.expected !== null && size !== this.expected) throw corrupt('a delta for another base');
  }

  applyTo(base: GitObject): GitObject {
    let { bytes } = base;
    for (const delta of this.deltas.reverse()) bytes = applyDelta(bytes, delta);
    return { type: base.type, bytes };
  }
}
