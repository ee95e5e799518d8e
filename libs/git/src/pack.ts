import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { DeltaChain, maxChain } from './delta-chain.js';
import { deltaSizes } from './delta.js';
import { corrupt } from './git-errors.js';
import { inflateExactly, inflateHead } from './inflate.js';
import type { GitObject, ObjectType, Oid } from './objects.js';
import { PackIndex } from './pack-index.js';

const types: Record<number, ObjectType> = { 1: 'commit', 2: 'tree', 3: 'blob', 4: 'tag' };
const offsetDelta = 6;
const referenceDelta = 7;

interface PackEntry {
  kind: number;
  size: number;
  /** Where the compressed bytes begin. */
  data: number;
  /** Of a delta: its base, by place or by id. */
  baseOffset?: number;
  baseOid?: Oid;
}

/** One pack file, opened once: it stays readable after git has replaced it. */
export class Pack {
  readonly index: PackIndex;
  private readonly fd: number;
  private readonly length: number;

  constructor(readonly path: string) {
    this.index = new PackIndex(readFileSync(path.replace(/\.pack$/, '.idx')));
    this.fd = openSync(path, 'r');
    this.length = fstatSync(this.fd).size;
  }

  close(): void {
    closeSync(this.fd);
  }

  async read(offset: number, maxBytes: number, elsewhere: (oid: Oid) => Promise<GitObject>): Promise<GitObject> {
    const chain = new DeltaChain(maxBytes);
    let entry = this.entryAt(offset);
    for (let at = offset; isDelta(entry);) {
      chain.enter(at, entry.size);
      chain.add(await this.inflate(entry));
      const next = entry.baseOffset ?? this.index.find(entry.baseOid ?? '');
      if (next < 0) return chain.applyTo(await elsewhere(entry.baseOid ?? ''));
      at = next;
      entry = this.entryAt(next);
    }
    const type = typeOf(entry);
    chain.expectBase(entry.size);
    return chain.applyTo({ type, bytes: await this.inflate(entry) });
  }

  /** Type and size; of deltas only the first bytes have to be inflated for it. */
  async header(offset: number, elsewhere: (oid: Oid) => Promise<{ type: ObjectType }>) {
    let entry = this.entryAt(offset);
    const size = isDelta(entry) ? deltaSizes(this.inflateHead(entry)).result : entry.size;
    for (let links = 0; isDelta(entry); links += 1) {
      if (links > maxChain) throw corrupt(`a chain of more than ${maxChain} deltas`);
      const next = entry.baseOffset ?? this.index.find(entry.baseOid ?? '');
      if (next < 0) return { type: (await elsewhere(entry.baseOid ?? '')).type, size };
      entry = this.entryAt(next);
    }
    return { type: typeOf(entry), size };
  }

  private entryAt(offset: number): PackEntry {
    if (offset < 12 || offset >= this.length - 20) throw corrupt('an offset outside its pack');
    const head = this.bytesAt(offset, 64);
    let at = 0;
    let byte = head[at++] ?? 0;
    const kind = (byte >> 4) & 7;
    let size = byte & 15;
    for (let factor = 16; (byte & 0x80) !== 0; factor *= 128) {
      if (at >= 10) throw corrupt('an object size without end');
      byte = head[at++] ?? 0;
      size += (byte & 0x7f) * factor;
    }
    if (kind === referenceDelta) {
      if (at + 20 > head.length) throw corrupt('a pack that ends in the name of a base');
      return { kind, size, data: offset + at + 20, baseOid: head.toString('hex', at, at + 20) };
    }
    if (kind !== offsetDelta) return { kind, size, data: offset + at };
    byte = head[at++] ?? 0;
    let back = byte & 0x7f;
    while ((byte & 0x80) !== 0) {
      if (at >= 24) throw corrupt('a delta base without end');
      byte = head[at++] ?? 0;
      back = (back + 1) * 128 + (byte & 0x7f);
    }
    if (back <= 0 || back >= offset) throw corrupt('a delta base outside its pack');
    return { kind, size, data: offset + at, baseOffset: offset - back };
  }

  private inflate(entry: PackEntry): Promise<Buffer> {
    // Deflate never grows data by more than this (zlib's deflateBound for stored blocks).
    const bound = entry.size + (entry.size >>> 12) + (entry.size >>> 14) + 128;
    return inflateExactly(this.bytesAt(entry.data, bound), entry.size, 'a packed object');
  }

  private inflateHead(entry: PackEntry): Buffer {
    return inflateHead(this.bytesAt(entry.data, 4096), 'a packed object');
  }

  private bytesAt(offset: number, length: number): Buffer {
    const wanted = Math.min(length, this.length - offset);
    const bytes = Buffer.allocUnsafe(Math.max(wanted, 0));
    const read = readSync(this.fd, bytes, 0, bytes.length, offset);
    return bytes.subarray(0, read);
  }
}

const isDelta = ({ kind }: PackEntry): boolean => kind === offsetDelta || kind === referenceDelta;

function typeOf({ kind }: PackEntry): ObjectType {
  const type = types[kind];
  if (type === undefined) throw corrupt(`an object of unknown kind ${kind}`);
  return type;
}
