import { StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { dispositionOf } from '../attachments/raw-file.js';

interface File {
  bytes: Buffer;
  mime: string;
  /** Under which name it is saved; null for text that is not saved. */
  filename: string | null;
  /** The Range header. */
  range?: string | undefined;
}

/** Of bytes that stay what they are at an address for good; who may see them is asked by whoever has none yet. */
export const keptForGood = 'private, max-age=31536000, immutable';

/** What a browser may show by itself: pictures, sound, film, and plain text. Everything else is saved. */
const shown =
  /^(?:image\/(?:png|jpeg|gif|webp|avif|svg\+xml|bmp|x-icon)|(?:audio|video)\/[\w.+-]+|text\/(?:plain|markdown)|application\/pdf)\b/;

/**
 * A file of a wiki for a browser. Files come from whoever may write and share an origin with us and with other wikis:
 * the sandbox takes all rights from what may run in them, and no type is guessed.
 */
export function servedFile({ bytes, mime, filename, range }: File, reply: FastifyReply): StreamableFile {
  reply.header('x-content-type-options', 'nosniff');
  reply.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox");
  reply.header('cross-origin-resource-policy', 'same-site');
  reply.header('accept-ranges', 'bytes');
  const isShown = shown.test(mime);
  const disposition = filename === null ? 'inline' : isShown ? inline(filename) : dispositionOf(filename);
  const part = rangeOf(range, bytes.length);
  if (part === 'none') {
    reply.code(416).header('content-range', `bytes */${bytes.length}`);
    return new StreamableFile(Buffer.alloc(0), { type: mime, length: 0 });
  }
  if (part === null) return new StreamableFile(bytes, { type: mime, length: bytes.length, disposition });
  const [from, to] = part;
  reply.code(206).header('content-range', `bytes ${from}-${to}/${bytes.length}`);
  return new StreamableFile(bytes.subarray(from, to + 1), { type: mime, length: to + 1 - from, disposition });
}

const inline = (filename: string): string => dispositionOf(filename).replace(/^attachment/, 'inline');

/** The first and the last byte that are wanted; null for all of them, `none` when there are no such bytes (RFC 9110, 14.2). */
function rangeOf(header: string | undefined, length: number): [number, number] | 'none' | null {
  const found = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '');
  if (found === null || (found[1] === '' && found[2] === '')) return null;
  const [, first = '', last = ''] = found;
  if (first === '') {
    const count = Number(last);
    return count === 0 || length === 0 ? 'none' : [Math.max(length - count, 0), length - 1];
  }
  const [from, to] = [Number(first), last === '' ? length - 1 : Math.min(Number(last), length - 1)];
  if (from > to && last !== '' && Number(first) > Number(last)) return null;
  return from >= length ? 'none' : [from, to];
}
