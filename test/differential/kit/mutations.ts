import type { Random } from './seeds.js';

/** What a disk or an enemy may have done to some bytes. */
const mutations: Record<string, (bytes: Buffer, random: Random) => Buffer> = {
  'flipped bits': (bytes, random) => {
    const copy = Buffer.from(bytes);
    for (let i = 0; i <= random.below(4); i += 1) flip(copy, random.below(copy.length), 1 << random.below(8));
    return copy;
  },
  'other bytes': (bytes, random) => {
    const copy = Buffer.from(bytes);
    random.bytes(1 + random.below(8)).copy(copy, random.below(copy.length));
    return copy;
  },
  'cut short': (bytes, random) => Buffer.from(bytes.subarray(0, random.below(bytes.length))),
  'gone on': (bytes, random) => Buffer.concat([bytes, random.bytes(1 + random.below(200))]),
  spliced: (bytes, random) => {
    const [from, to, at] = [random.below(bytes.length), random.below(bytes.length), random.below(bytes.length)];
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(from, Math.max(from, to)), bytes.subarray(at)]);
  },
  'a piece left out': (bytes, random) => {
    const at = random.below(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random.below(64))]);
  },
  zeroed: (bytes, random) => {
    const copy = Buffer.from(bytes);
    const at = random.below(copy.length);
    return copy.fill(0, at, Math.min(copy.length, at + 1 + random.below(4_096)));
  },
  'lengths blown up': (bytes, random) => {
    const copy = Buffer.from(bytes);
    const at = random.below(copy.length);
    return copy.fill(0xff, at, Math.min(copy.length, at + 1 + random.below(12)));
  },
};

function flip(bytes: Buffer, at: number, bit: number): void {
  bytes[at] = (bytes[at] ?? 0) ^ bit;
}

/** The bytes after one or two of these. */
export function mutated(random: Random, bytes: Buffer): { how: string; bytes: Buffer } {
  let result = bytes;
  const names: string[] = [];
  for (let i = 0; i <= random.below(2) && result.length > 0; i += 1) {
    const [name, mutate] = random.of(Object.entries(mutations));
    names.push(name);
    result = mutate(result, random);
  }
  return { how: names.join(', then '), bytes: result };
}
