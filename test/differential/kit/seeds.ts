import { it } from 'vitest';

const first = Number(process.env['SEED'] ?? 1);
const asked = process.env['ROUNDS'];

/** Whether somebody asked for more rounds than CI runs; large files are made only then. */
export const isLong = asked !== undefined;

/** A small generator of numbers from a seed (mulberry32), so that a failing round can be run again. */
export class Random {
  constructor(private state: number) {}

  /** A whole number from 0 up to, and without, `limit`. */
  below(limit: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  }

  /** True once in so many times. */
  once(inTimes: number): boolean {
    return this.below(inTimes) === 0;
  }

  of<T>(list: readonly T[]): T {
    const chosen = list[this.below(list.length)];
    if (chosen === undefined) throw new Error('nothing to choose from');
    return chosen;
  }

  bytes(length: number): Buffer {
    const bytes = Buffer.alloc(length);
    for (let at = 0; at < length; at += 1) bytes[at] = this.below(256);
    return bytes;
  }

  /** The same things in another order. */
  shuffled<T>(list: readonly T[]): T[] {
    const result = [...list];
    for (let at = result.length - 1; at > 0; at -= 1) {
      const other = this.below(at + 1);
      [result[at], result[other]] = [result[other], result[at]];
    }
    return result;
  }
}

/** One test for each seed; its name is what to set to run that round alone. `ROUNDS` replaces what CI runs. */
export function eachSeed(behaviour: string, rounds: number, round: (random: Random) => Promise<void> | void): void {
  for (let seed = first; seed < first + Number(asked ?? rounds); seed += 1) {
    it(`${behaviour} (SEED=${seed} ROUNDS=1)`, { timeout: 600_000 }, () => round(new Random(seed)));
  }
}
