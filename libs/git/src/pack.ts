import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { applyDelta, deltaResultSize } from './delta.js';
import { corrupt, tooLarge } from './git-errors.js';
import { inflateExactly } from './inflate.js';
import type { GitObject, ObjectType, Oid } from './objects.js';
import { PackIndex } from './pack-index.js';

// git itself gives up at this many links (pack.depth is at most 4,095).
const maxChain = 4095;
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
    const deltas: Buffer[] = [];
    let entry = this.entryAt(offset);
    let at = offset;
    while (entry.kind === offsetDelta || entry.kind === referenceDelta) {
      if (deltas.length >= maxChain) throw corrupt(`a chain of more than ${maxChain} deltas`);
      if (entry.size > maxBytes * 2 + 1024) throw tooLarge('The delta', entry.size, maxBytes);
      const delta = await this.inflate(entry);
      const size = deltaResultSize(delta);
      if (deltas.length === 0 && size > maxBytes) throw tooLarge('The object', size, maxBytes);
      deltas.push(delta);
      const next = entry.baseOffset ?? this.index.find(entry.baseOid ?? '');
      if (next < 0) return undelta(await elsewhere(entry.baseOid ?? ''), deltas);
      // A base lies before its delta unless it is named by id; equal places would never end.
      if (next === at) throw corrupt('a delta that is its own base');
      at = next;
      entry = this.entryAt(next);
    }
    const type = types[entry.kind];
    if (type === undefined) throw corrupt(`an object of unknown kind ${entry.kind}`);
    if (deltas.length === 0 && entry.size > maxBytes) throw tooLarge('The object', entry.size, maxBytes);
    if (entry.size > maxBytes * 4 + (16 << 20)) throw tooLarge('The base of the object', entry.size, maxBytes);
    return undelta({ type, bytes: await this.inflate(entry) }, deltas);
  }

  /** Type and size; only deltas have to be inflated for it, not their results. */
  async header(offset: number, elsewhere: (oid: Oid) => Promise<{ type: ObjectType }>) {
    let entry = this.entryAt(offset);
    const isDelta = entry.kind === offsetDelta || entry.kind === referenceDelta;
    const size = isDelta ? deltaResultSize(await this.inflate(entry)) : entry.size;
    for (let links = 0; entry.kind === offsetDelta || entry.kind === referenceDelta; links += 1) {
      if (links > maxChain) throw corrupt(`a chain of more than ${maxChain} deltas`);
      const next = entry.baseOffset ?? this.index.find(entry.baseOid ?? '');
      if (next < 0) return { type: (await elsewhere(entry.baseOid ?? '')).type, size };
      entry = this.entryAt(next);
    }
    const type = types[entry.kind];
    if (type === undefined) throw corrupt(`an object of unknown kind ${entry.kind}`);
    return { type, size };
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

  private bytesAt(offset: number, length: number): Buffer {
    const wanted = Math.min(length, this.length - offset);
    const bytes = Buffer.allocUnsafe(Math.max(wanted, 0));
    const read = readSync(this.fd, bytes, 0, bytes.length, offset);
    return bytes.subarray(0, read);
  }
}

function undelta(base: GitObject, deltas: Buffer[]): GitObject {
  let { bytes } = base;
  for (let i = deltas.length - 1; i >= 0; i -= 1) bytes = applyDelta(bytes, deltas[i] ?? Buffer.alloc(0));
  return { type: base.type, bytes };
}
