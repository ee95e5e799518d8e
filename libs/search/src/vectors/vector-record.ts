import { createHash } from 'node:crypto';

/** What a record says: which pages went, which came in the place of what was there, and how far that was read. */
interface RecordHead {
  position: string | null;
  removed: readonly string[];
  pages: readonly PageEntry[];
}

/** A page in a record; its details and vectors follow in the order of the chunks. */
export interface PageEntry {
  path: string;
  stamp: string;
  trouble?: string | undefined;
  chunks: readonly ChunkEntry[];
}

/** Hash of the text, and length and checksum of the details. */
export type ChunkEntry = readonly [textHash: string, detailsBytes: number, detailsSum: number];

/** A record as it was read; details stay where they are. */
export interface VectorRecord {
  head: RecordHead;
  /** One after another, as many as there are chunks. */
  vectors: Float32Array;
  /** Where in the file the details begin, which follow each other too. */
  detailsAt: number;
}

/** What a record is made of. */
export interface RecordParts {
  head: RecordHead;
  details: readonly Buffer[];
  vectors: readonly Float32Array[];
}

/** Bytes of a record, and the link that the next one hangs on. */
export interface EncodedRecord {
  bytes: Buffer;
  link: Buffer;
}

/** Lengths of the three parts of the body behind a mark, and the link. */
export const frameBytes = 48;
const linkAt = 16;
const mark = 0x3156_4257; // "WBV1"

// The link of a record is the SHA-256 of the link before it and of the record. So the link of the last record stands
// for all of them in their order, and what was left over from another file never continues this one.

/** The link that the first record of a file hangs on. */
export const firstLink = (about: string): Buffer => createHash('sha256').update(about).digest();

/** A record that follows the one with the given link. */
export function encodeRecord(previous: Buffer, { head, details, vectors }: RecordParts): EncodedRecord {
  const headBytes = Buffer.from(JSON.stringify(head));
  const body = [headBytes, ...details, ...vectors.map(bytesOf)];
  const frame = Buffer.alloc(frameBytes);
  frame.writeUInt32LE(mark, 0);
  frame.writeUInt32LE(headBytes.length, 4);
  frame.writeUInt32LE(total(details), 8);
  frame.writeUInt32LE(total(vectors.map(bytesOf)), 12);
  const link = linkOf(previous, frame, body);
  link.copy(frame, linkAt);
  return { bytes: Buffer.concat([frame, ...body]), link };
}

/** How long the body is that the frame announces, or null when it is no frame. */
export function bodyBytes(frame: Buffer): number | null {
  if (frame.length < frameBytes || frame.readUInt32LE(0) !== mark) return null;
  return frame.readUInt32LE(4) + frame.readUInt32LE(8) + frame.readUInt32LE(12);
}

/** The link of the record that the frame begins. */
export const linkIn = (frame: Buffer): Buffer => frame.subarray(linkAt, frameBytes);

/** Where the details of a record lie that begins at `at`. */
export const detailsBehind = (frame: Buffer, at: number): number => at + frameBytes + frame.readUInt32LE(4);

/** The record in a frame and a body that lie at `at`, or null when it is not whole or does not follow. */
export function decodeRecord(
  previous: Buffer,
  frame: Buffer,
  body: Buffer,
  at: number,
): { record: VectorRecord; link: Buffer } | null {
  const link = linkOf(previous, frame, [body]);
  if (!link.equals(linkIn(frame))) return null;
  const headBytes = frame.readUInt32LE(4);
  const head = JSON.parse(body.toString('utf8', 0, headBytes)) as RecordHead;
  const vectorBytes = body.subarray(headBytes + frame.readUInt32LE(8));
  // A copy: floats begin at a multiple of four, which the text before them does not care for.
  const vectors = new Float32Array(new Uint8Array(vectorBytes).buffer);
  return { record: { head, vectors, detailsAt: detailsBehind(frame, at) }, link };
}

const linkOf = (previous: Buffer, frame: Buffer, body: readonly Uint8Array[]): Buffer => {
  const hash = createHash('sha256').update(previous).update(frame.subarray(0, linkAt));
  for (const part of body) hash.update(part);
  return hash.digest();
};

const bytesOf = (vector: Float32Array): Buffer => Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);

const total = (parts: readonly Uint8Array[]): number => parts.reduce((sum, { length }) => sum + length, 0);
