import { corrupt, tooLarge } from './git-errors.js';

/** No delta makes more than this, whatever it says. */
const mostBytes = 2 ** 31 - 1;

/** A size as deltas write it: seven bits a byte, the lowest first. */
function readSize(delta: Buffer, at: number): [size: number, next: number] {
  let size = 0;
  let factor = 1;
  for (let i = at; i < delta.length && i < at + 8; i += 1) {
    const byte = delta[i] ?? 0;
    size += (byte & 0x7f) * factor;
    factor *= 128;
    if ((byte & 0x80) === 0) return [size, i + 1];
  }
  throw corrupt('a delta without sizes');
}

/** How large its base has to be, and the object that a delta makes of it. */
export function deltaSizes(delta: Buffer): { base: number; result: number } {
  const [base, at] = readSize(delta, 0);
  return { base, result: readSize(delta, at)[0] };
}

/** Applies a pack delta to its base; every offset and size is checked. */
export function applyDelta(base: Buffer, delta: Buffer): Buffer {
  const [baseSize, afterBase] = readSize(delta, 0);
  const [size, start] = readSize(delta, afterBase);
  if (baseSize !== base.length) throw corrupt('a delta for another base');
  if (size > mostBytes) throw tooLarge('The object', size, mostBytes);
  const result = Buffer.allocUnsafe(size);
  let at = start;
  let written = 0;
  while (at < delta.length) {
    const command = delta[at] ?? 0;
    at += 1;
    if (command === 0) throw corrupt('a delta with a reserved command');
    if ((command & 0x80) === 0) {
      if (at + command > delta.length || written + command > size) throw corrupt('a delta that inserts too much');
      delta.copy(result, written, at, at + command);
      at += command;
      written += command;
      continue;
    }
    const copy = readCopy(delta, at, command);
    at = copy.next;
    if (copy.offset + copy.length > base.length || written + copy.length > size) throw corrupt('a delta out of range');
    base.copy(result, written, copy.offset, copy.offset + copy.length);
    written += copy.length;
  }
  if (written !== size) throw corrupt('a delta that ends early');
  return result;
}

function readCopy(delta: Buffer, start: number, command: number) {
  let at = start;
  let offset = 0;
  let length = 0;
  for (let bit = 0; bit < 7; bit += 1) {
    if ((command & (1 << bit)) === 0) continue;
    if (at >= delta.length) throw corrupt('a delta cut short');
    const byte = delta[at] ?? 0;
    at += 1;
    if (bit < 4) offset += byte * 2 ** (8 * bit);
    else length += byte << (8 * (bit - 4));
  }
  return { offset, length: length === 0 ? 0x10000 : length, next: at };
}
