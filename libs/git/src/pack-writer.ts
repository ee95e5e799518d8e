import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { makeDelta } from './delta.js';
import { writeDurably } from './durable.js';
import { deflated } from './inflate.js';
import type { GitObject, ObjectType, Oid } from './objects.js';

/** An object to be written, and one it was made from, which may be in the same pack. */
export interface NewObject extends GitObject {
  like: Oid | null;
}

const kinds: Record<ObjectType, number> = { commit: 1, tree: 2, blob: 3, tag: 4 };
const deltaKind = 7;
// As in packs that git writes: whoever reads the last of a chain makes all before it.
const longestChain = 50;
/** Below this a delta saves nothing. */
const leastBytes = 256;
/** So many objects are compressed before other work gets its turn. */
const breath = 64;

interface Placed {
  oid: Oid;
  crc: number;
  offset: number;
}

const sha1 = (bytes: Buffer): Buffer => createHash('sha1').update(bytes).digest();

/**
 * Writes objects as one pack, its contents durably: one wait for the disk, however many objects there are. The names
 * are the caller's to sync.
 */
export async function writePack(objects: string, wanted: [Oid, NewObject][]): Promise<void> {
  const { pack, placed } = await packed(wanted);
  const checksum = pack.subarray(pack.length - 20);
  const folder = join(objects, 'pack');
  // Named as git names its own: with the endings of finished ones, a git that tidies up would take them for such.
  const random = randomBytes(8).toString('hex');
  const temporary = { pack: join(folder, `tmp_pack_${random}`), idx: join(folder, `tmp_idx_${random}`) };
  const name = join(folder, `pack-${checksum.toString('hex')}`);
  mkdirSync(folder, { recursive: true });
  try {
    const files = [
      { file: temporary.pack, bytes: pack },
      { file: temporary.idx, bytes: indexOf(placed, checksum) },
    ];
    await writeDurably(files, { mode: 0o444, isNew: true });
    // A pack is believed in once its index is there, so the index comes last.
    renameSync(temporary.pack, `${name}.pack`);
    renameSync(temporary.idx, `${name}.idx`);
  } catch (error) {
    for (const file of Object.values(temporary)) rmSync(file, { force: true });
    throw error;
  }
}

async function packed(wanted: [Oid, NewObject][]): Promise<{ pack: Buffer; placed: Placed[] }> {
  const start = Buffer.alloc(12);
  start.write('PACK');
  start.writeUInt32BE(2, 4);
  start.writeUInt32BE(wanted.length, 8);
  const pieces: Buffer[] = [start];
  const placed: Placed[] = [];
  const deltas = new Deltas();
  let offset = start.length;
  for (const [oid, object] of wanted) {
    const entry = await entryOf(object, deltas.of(oid, object));
    placed.push({ oid, crc: crc32(entry), offset });
    pieces.push(entry);
    offset += entry.length;
    if (placed.length % breath === 0) await new Promise(setImmediate);
  }
  const contents = Buffer.concat(pieces);
  return { pack: Buffer.concat([contents, sha1(contents)]), placed };
}

async function entryOf({ type, bytes }: GitObject, delta: Delta | null): Promise<Buffer> {
  if (delta === null) return Buffer.concat([entryHead(kinds[type], bytes.length), await deflated(bytes)]);
  const head = [entryHead(deltaKind, delta.bytes.length), Buffer.from(delta.base, 'hex')];
  return Buffer.concat([...head, await deflated(delta.bytes)]);
}

interface Delta {
  base: Oid;
  bytes: Buffer;
}

/** Finds what can be written as a change of what stands before it in the pack: fifty changes of one large folder. */
class Deltas {
  private readonly placed = new Map<Oid, { bytes: Buffer; depth: number }>();

  of(oid: Oid, { bytes, like }: NewObject): Delta | null {
    const base = like === null ? undefined : this.placed.get(like);
    const made = base === undefined || base.depth >= longestChain ? null : makeDelta(base.bytes, bytes);
    const isShorter = made !== null && bytes.length >= leastBytes && made.length < bytes.length / 2;
    this.placed.set(oid, { bytes, depth: isShorter && base !== undefined ? base.depth + 1 : 0 });
    return isShorter && like !== null ? { base: like, bytes: made } : null;
  }
}

/** Kind and size, four bits of it in the first byte and seven in each that follows. */
function entryHead(kind: number, size: number): Buffer {
  const bytes = [(kind << 4) | (size & 15)];
  for (let rest = Math.floor(size / 16); rest > 0; rest = Math.floor(rest / 128)) {
    bytes.push((bytes.pop() ?? 0) | 0x80, rest & 0x7f);
  }
  return Buffer.from(bytes);
}

/** The table of contents, version 2. Offsets fit into 31 bits: a batch is far below two gigabytes. */
function indexOf(placed: Placed[], checksum: Buffer): Buffer {
  const sorted = [...placed].sort((a, b) => (a.oid < b.oid ? -1 : 1));
  const fanout = Buffer.alloc(1024);
  for (let first = 0, at = 0; first < 256; first += 1) {
    while (parseInt(sorted[at]?.oid.slice(0, 2) ?? 'fff', 16) <= first) at += 1;
    fanout.writeUInt32BE(at, first * 4);
  }
  const numbers = (field: 'crc' | 'offset') => {
    const bytes = Buffer.alloc(sorted.length * 4);
    sorted.forEach((entry, i) => bytes.writeUInt32BE(entry[field], i * 4));
    return bytes;
  };
  const names = Buffer.from(sorted.map(({ oid }) => oid).join(''), 'hex');
  const magic = Buffer.from('ff744f6300000002', 'hex');
  const body = Buffer.concat([magic, fanout, names, numbers('crc'), numbers('offset'), checksum]);
  return Buffer.concat([body, sha1(body)]);
}
