import { type FileHandle, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  bodyBytes,
  decodeRecord,
  detailsBehind,
  encodeRecord,
  frameBytes,
  linkIn,
  type RecordParts,
  type VectorRecord,
} from './vector-record.js';

/** At least so much is read at once when a file is gone through. */
const windowBytes = 1 << 20;

/** Where a file of records ends, as far as they are whole, and where and with what link the last of them begins. */
interface RecordsEnd {
  at: number;
  lastAt: number | null;
  link: Buffer;
}

/** A file of records, each hanging on the one before it. Only `append` changes it, and only behind what is whole. */
export class RecordFile {
  private users = 1;
  private last: RecordsEnd;
  /** Whether bytes may lie behind the last whole record. */
  private hasRest = true;

  private constructor(
    readonly name: string,
    private readonly path: string,
    private readonly file: FileHandle,
    first: Buffer,
  ) {
    this.last = { at: 0, lastAt: null, link: first };
  }

  /** A new file, whose first record hangs on the link. */
  static async create(folder: string, name: string, link: Buffer): Promise<RecordFile> {
    const path = join(folder, name);
    return new RecordFile(name, path, await open(path, 'wx+', 0o600), link);
  }

  /** A file of which nothing is read yet; null when it is not there. */
  static async open(folder: string, name: string, link: Buffer): Promise<RecordFile | null> {
    const path = join(folder, name);
    const file = await ifThere(open(path, 'r+'));
    return file && new RecordFile(name, path, file, link);
  }

  /** Stands for all records up to the last one that was read or written. */
  get link(): Buffer {
    return this.last.link;
  }

  /** Bytes of these records. */
  get bytes(): number {
    return this.last.at;
  }

  /** What tells this state of the file from a later one; null when another file or none has its name. */
  async state(): Promise<string | null> {
    const [named, ours] = await Promise.all([
      ifThere(stat(this.path, { bigint: true })),
      this.file.stat({ bigint: true }),
    ]);
    if (named === null || named.ino !== ours.ino || named.dev !== ours.dev) return null;
    return `${named.size} ${named.mtimeNs} ${named.ctimeNs}`;
  }

  /** Whether the last record is there as it was read or written; whoever writes over it changes where it begins. */
  async isIntact(): Promise<boolean> {
    const { at, lastAt, link } = this.last;
    if (lastAt === null) return true;
    const { size } = await this.file.stat();
    const frame = size < at ? null : await this.read(lastAt, frameBytes);
    return frame !== null && linkIn(frame).equals(link);
  }

  /** The records from the end known so far, up to the end of the file or the first one that is not whole. */
  async *records(): AsyncGenerator<VectorRecord> {
    const { size } = await this.file.stat();
    let window: { at: number; bytes: Buffer } = { at: this.last.at, bytes: Buffer.alloc(0) };
    const take = async (at: number, bytes: number): Promise<Buffer | null> => {
      if (at + bytes > size) return null;
      if (at + bytes > window.at + window.bytes.length) {
        const read = await this.readAt(at, Math.min(Math.max(bytes, windowBytes), size - at));
        if (read === null) return null;
        window = { at, bytes: read };
      }
      return window.bytes.subarray(at - window.at, at - window.at + bytes);
    };
    this.hasRest = true;
    for (let next = await this.next(take); next !== null; next = await this.next(take)) yield next;
    this.hasRest = this.last.at !== size;
  }

  private async next(take: (at: number, bytes: number) => Promise<Buffer | null>): Promise<VectorRecord | null> {
    const { at, link } = this.last;
    const frame = await take(at, frameBytes);
    if (frame === null) return null;
    const length = bodyBytes(frame);
    const body = length === null ? null : await take(at + frameBytes, length);
    if (body === null) return null;
    const found = decodeRecord(link, frame, body, at);
    if (found === null) return null;
    this.last = { at: at + frameBytes + body.length, lastAt: at, link: found.link };
    return found.record;
  }

  /** Writes a record behind the last one; it is durable with the next one that is to be. */
  async append(parts: RecordParts, { isDurable = true } = {}): Promise<VectorRecord> {
    const { at, link: previous } = this.last;
    if (this.hasRest) await this.file.truncate(at);
    this.hasRest = true;
    const { bytes, link } = encodeRecord(previous, parts);
    for (let done = 0; done < bytes.length;) {
      done += (await this.file.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
    }
    if (isDurable) await this.file.datasync();
    this.last = { at: at + bytes.length, lastAt: at, link };
    this.hasRest = false;
    return { head: parts.head, vectors: joined(parts.vectors), detailsAt: detailsBehind(bytes, at) };
  }

  /** Reads bytes, or null when the file ends before; it stays open that long even if it is retired meanwhile. */
  async read(at: number, bytes: number): Promise<Buffer | null> {
    this.users += 1;
    try {
      return await this.readAt(at, bytes);
    } finally {
      await this.leave();
    }
  }

  /** Closes the file when nobody reads it any more. */
  async retire(): Promise<void> {
    await this.leave();
  }

  /** Closes the file and takes it out of its folder. */
  async remove(): Promise<void> {
    await this.leave();
    await rm(this.path, { force: true });
  }

  private async leave(): Promise<void> {
    this.users -= 1;
    if (this.users === 0) await this.file.close();
  }

  private async readAt(at: number, bytes: number): Promise<Buffer | null> {
    const buffer = Buffer.allocUnsafeSlow(bytes);
    for (let done = 0; done < bytes;) {
      const { bytesRead } = await this.file.read(buffer, done, bytes - done, at + done);
      if (bytesRead === 0) return null;
      done += bytesRead;
    }
    return buffer;
  }
}

/** What is promised, or null when it needs a file that is not there. */
export async function ifThere<T>(promised: Promise<T>): Promise<T | null> {
  try {
    return await promised;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function joined(vectors: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(vectors.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const vector of vectors) {
    all.set(vector, at);
    at += vector.length;
  }
  return all;
}
