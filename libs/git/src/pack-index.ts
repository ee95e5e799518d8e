import { corrupt } from './git-errors.js';
import type { Oid } from './objects.js';

const header = 8;
const fanout = 256 * 4;

/** A pack's table of contents (version 2), searched in place. */
export class PackIndex {
  readonly count: number;
  private readonly names: number;
  private readonly offsets: number;
  private readonly large: number;

  constructor(private readonly bytes: Buffer) {
    if (bytes.length < header + fanout + 40 || bytes.readUInt32BE(0) !== 0xff744f63 || bytes.readUInt32BE(4) !== 2) {
      throw corrupt('a pack index of an unknown kind');
    }
    this.count = bytes.readUInt32BE(header + fanout - 4);
    this.names = header + fanout;
    this.offsets = this.names + this.count * 24;
    this.large = this.offsets + this.count * 4;
    if (this.large + 40 > bytes.length) throw corrupt('a pack index cut short');
  }

  /** Where an object begins in the pack; -1 when it is not there. */
  find(oid: Oid): number {
    const wanted = Buffer.from(oid, 'hex');
    const at = this.lowerBound(wanted);
    if (at >= this.count || this.compare(at, wanted) !== 0) return -1;
    const offset = this.bytes.readUInt32BE(this.offsets + at * 4);
    if (offset < 0x80000000) return offset;
    const entry = this.large + (offset - 0x80000000) * 8;
    if (entry + 8 > this.bytes.length - 40) throw corrupt('a pack index with a wild offset');
    return Number(this.bytes.readBigUInt64BE(entry));
  }

  /** The id at this place in the order of ids. */
  at(place: number): Oid {
    const start = this.names + place * 20;
    return this.bytes.toString('hex', start, start + 20);
  }

  /** Ids that begin with these hexadecimal digits; at most `limit`. */
  byPrefix(prefix: string, limit: number): Oid[] {
    const found: Oid[] = [];
    const from = Buffer.from(prefix.padEnd(40, '0'), 'hex');
    for (let at = this.lowerBound(from); at < this.count && found.length < limit; at += 1) {
      const oid = this.at(at);
      if (!oid.startsWith(prefix)) break;
      found.push(oid);
    }
    return found;
  }

  private lowerBound(wanted: Buffer): number {
    const first = wanted[0] ?? 0;
    let low = first === 0 ? 0 : this.bytes.readUInt32BE(header + (first - 1) * 4);
    let high = Math.min(this.bytes.readUInt32BE(header + first * 4), this.count);
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.compare(middle, wanted) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private compare(at: number, wanted: Buffer): number {
    return this.bytes.compare(wanted, 0, 20, this.names + at * 20, this.names + at * 20 + 20);
  }
}
