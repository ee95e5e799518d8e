import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import type { BareRepository } from './bare-repository.js';

/** One entry of a pack that no git would write. */
export interface Crafted {
  /** What the index says it is. */
  oid: string;
  kind: 'blob' | 'delta';
  /** Of a delta: the id of its base. */
  base?: string;
  contents: Buffer;
  /** The size its head announces; that of the contents unless given. */
  size?: number;
}

/** A size as heads of deltas hold it: seven bits a byte, the lowest first. */
export function deltaSize(size: number): Buffer {
  const bytes: number[] = [];
  let rest = size;
  do {
    bytes.push((rest % 128) + (rest >= 128 ? 128 : 0));
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return Buffer.from(bytes);
}

function entryHead(kind: number, size: number): Buffer {
  const bytes = [(kind << 4) | (size % 16)];
  for (let rest = Math.floor(size / 16); rest > 0; rest = Math.floor(rest / 128)) {
    bytes.push((bytes.pop() ?? 0) | 0x80, rest % 128);
  }
  return Buffer.from(bytes);
}

const sha1 = (bytes: Buffer): Buffer => createHash('sha1').update(bytes).digest();

/** Puts a pack and its index into a repository, whole by their checksums and false in all else. */
export function putPack({ gitDir }: BareRepository, name: string, entries: Crafted[], cut = 0): void {
  const pieces = [Buffer.from('PACK\0\0\0\x02\0\0\0\0', 'latin1')];
  let offset = 12;
  const placed = entries.map(({ oid, kind, base, contents, size }) => {
    const head = entryHead(kind === 'blob' ? 3 : 7, size ?? contents.length);
    const bytes = Buffer.concat([head, Buffer.from(base ?? '', 'hex'), deflateSync(contents)]);
    pieces.push(bytes);
    offset += bytes.length;
    return { oid, offset: offset - bytes.length };
  });
  const whole = Buffer.concat(pieces);
  const body = whole.subarray(0, whole.length - cut);
  const folder = join(gitDir, 'objects', 'pack');
  writeFileSync(join(folder, `pack-${name}.pack`), Buffer.concat([body, sha1(body)]));
  writeFileSync(join(folder, `pack-${name}.idx`), indexOf(placed, sha1(body)));
}

function indexOf(placed: { oid: string; offset: number }[], checksum: Buffer): Buffer {
  const sorted = [...placed].sort((a, b) => (a.oid < b.oid ? -1 : 1));
  const fanout = Buffer.alloc(1024);
  for (let first = 0; first < 256; first += 1) {
    fanout.writeUInt32BE(sorted.filter(({ oid }) => parseInt(oid.slice(0, 2), 16) <= first).length, first * 4);
  }
  const offsets = Buffer.alloc(sorted.length * 4);
  sorted.forEach((entry, at) => offsets.writeUInt32BE(entry.offset, at * 4));
  const names = Buffer.from(sorted.map(({ oid }) => oid).join(''), 'hex');
  const magic = Buffer.from('ff744f6300000002', 'hex');
  const body = Buffer.concat([magic, fanout, names, Buffer.alloc(sorted.length * 4), offsets, checksum]);
  return Buffer.concat([body, sha1(body)]);
}
