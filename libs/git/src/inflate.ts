import { promisify } from 'node:util';
import { constants, deflate, deflateSync, inflate, inflateSync } from 'node:zlib';
import { corrupt } from './git-errors.js';

const inflateAsync = promisify(inflate);
const deflateAsync = promisify(deflate);
/** Below this, a hop to another thread takes longer than deflating. */
const quickBytes = 64 << 10;
/** Above this size inflating would hold up every other request, so it goes to the thread pool. */
const smallBytes = 1 << 20;
/** The least that zlib takes. */
const leastChunk = 64;

/** Inflates exactly `size` bytes; anything else is corrupt. Bytes after the stream's end are ignored. */
export async function inflateExactly(bytes: Buffer, size: number, what: string): Promise<Buffer> {
  // One byte more than expected, so that a stream that goes on is noticed rather than cut.
  // Into a buffer of that size: zlib's own are of 16 KiB, and would be joined or be mostly empty.
  const options = { maxOutputLength: size + 1, chunkSize: Math.max(Math.min(size + 1, smallBytes), leastChunk) };
  let result: Buffer;
  try {
    result = size <= smallBytes ? inflateSync(bytes, options) : await inflateAsync(bytes, options);
  } catch {
    throw corrupt(`${what} cannot be inflated`);
  }
  if (result.length !== size) throw corrupt(`${what} has ${result.length} bytes where ${size} are announced`);
  return result;
}

const headBytes = 4096;

/** What the first bytes of a stream inflate to; never more than a thousand times as much. */
export function inflateHead(bytes: Buffer, what: string): Buffer {
  try {
    // A flush instead of a finish: the stream is longer than what is looked at of it.
    return inflateSync(bytes.subarray(0, headBytes), { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    throw corrupt(`${what} cannot be inflated`);
  }
}

/** Deflates as quickly as it can be done; git packs it better later. */
export async function deflated(bytes: Buffer): Promise<Buffer> {
  return bytes.length <= quickBytes ? deflateSync(bytes, { level: 1 }) : deflateAsync(bytes, { level: 1 });
}
