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

/** What makes one object of another that begins and ends alike, as a folder does before and after a change in it. */
export function makeDelta(base: Buffer, result: Buffer): Buffer {
  const start = alike(base, result, Math.min(base.length, result.length), (at, length) => [at, at + length]);
  const most = Math.min(base.length, result.length) - start;
  const end = alike(base, result, most, (at, length, size) => [size - at - length, size - at]);
  const inserted = result.subarray(start, result.length - end);
  return Buffer.concat([
    writeSize(base.length),
    writeSize(result.length),
    ...copies(0, start),
    ...insertions(inserted),
    ...copies(base.length - end, end),
  ]);
}

const comparedAtOnce = 1024;

/** How many of the first `most` bytes are the same in both, where `range` says which stretch is looked at. */
function alike(
  a: Buffer,
  b: Buffer,
  most: number,
  range: (at: number, length: number, size: number) => number[],
): number {
  const isSame = (at: number, length: number) => {
    const [[aStart, aEnd], [bStart, bEnd]] = [range(at, length, a.length), range(at, length, b.length)];
    return a.compare(b, bStart, bEnd, aStart, aEnd) === 0;
  };
  let at = 0;
  for (let length = comparedAtOnce; length > 0; length = Math.floor(length / 2)) {
    while (at + length <= most && isSame(at, length)) at += length;
  }
  return at;
}

function writeSize(size: number): Buffer {
  const bytes: number[] = [];
  for (let rest = size; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) | 0x80);
  }
}

/** git itself copies no more than this at once. */
const mostCopied = 0x10000;
const mostInserted = 127;

function copies(from: number, length: number): Buffer[] {
  const commands: Buffer[] = [];
  for (let done = 0; done < length; done += mostCopied) {
    const size = Math.min(mostCopied, length - done);
    // Left out, a size says the most there is.
    const [offset, sizes] = [bytesOf(from + done), bytesOf(size === mostCopied ? 0 : size)];
    const flags = [...offset.map(({ at }) => 1 << at), ...sizes.map(({ at }) => 1 << (at + 4))];
    const command = flags.reduce((all, flag) => all | flag, 0x80);
    commands.push(Buffer.from([command, ...offset.map(({ byte }) => byte), ...sizes.map(({ byte }) => byte)]));
  }
  return commands;
}

/** The bytes of a number that are not zero, the lowest first, each with its place. */
const bytesOf = (number: number): { at: number; byte: number }[] =>
  [0, 1, 2, 3].map((at) => ({ at, byte: Math.floor(number / 256 ** at) % 256 })).filter(({ byte }) => byte !== 0);

function insertions(bytes: Buffer): Buffer[] {
  const commands: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += mostInserted) {
    const some = bytes.subarray(at, at + mostInserted);
    commands.push(Buffer.from([some.length]), some);
  }
  return commands;
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
