import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { syncFolder, writeDurably } from './durable.js';
import { deflated } from './inflate.js';
import type { GitObject, ObjectType, Oid } from './objects.js';

const kinds: Record<ObjectType, number> = { commit: 1, tree: 2, blob: 3, tag: 4 };
/** So many objects are compressed before other work gets its turn. */
const breath = 64;

interface Placed {
  oid: Oid;
  crc: number;
  offset: number;
}

const sha1 = (bytes: Buffer): Buffer => createHash('sha1').update(bytes).digest();

/** Writes objects as one pack, durably: three waits for the disk, however many objects there are. */
export async function writePack(objects: string, wanted: [Oid, GitObject][]): Promise<void> {
  const { pack, placed } = await packed(wanted);
  const checksum = pack.subarray(pack.length - 20);
  const folder = join(objects, 'pack');
  // Named as git names its own: with the endings of finished ones, a git that tidies up would take them for such.
  const random = randomBytes(8).toString('hex');
  const temporary = { pack: join(folder, `tmp_pack_${random}`), idx: join(folder, `tmp_idx_${random}`) };
  const name = join(folder, `pack-${checksum.toString('hex')}`);
  mkdirSync(folder, { recursive: true });
  try {
    await writeDurably(temporary.pack, pack, { mode: 0o444, isNew: true });
    await writeDurably(temporary.idx, indexOf(placed, checksum), { mode: 0o444, isNew: true });
    // A pack is believed in once its index is there, so the index comes last.
    renameSync(temporary.pack, `${name}.pack`);
    renameSync(temporary.idx, `${name}.idx`);
    await syncFolder(folder);
  } catch (error) {
    for (const file of Object.values(temporary)) rmSync(file, { force: true });
    throw error;
  }
}

async function packed(wanted: [Oid, GitObject][]): Promise<{ pack: Buffer; placed: Placed[] }> {
  const start = Buffer.alloc(12);
  start.write('PACK');
  start.writeUInt32BE(2, 4);
  start.writeUInt32BE(wanted.length, 8);
  const pieces = [start];
  const placed: Placed[] = [];
  let offset = start.length;
  for (const [oid, { type, bytes }] of wanted) {
    const entry = Buffer.concat([entryHead(kinds[type], bytes.length), await deflated(bytes)]);
    placed.push({ oid, crc: crc32(entry), offset });
    pieces.push(entry);
    offset += entry.length;
    if (placed.length % breath === 0) await new Promise(setImmediate);
  }
  const contents = Buffer.concat(pieces);
  return { pack: Buffer.concat([contents, sha1(contents)]), placed };
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
