import { WikiError } from '@lib/wiki';
import type { z } from 'zod';
import type { postAttachmentQuery, uploadBody } from './attachment.schema.js';

interface Upload {
  filename: string;
  bytes: Buffer;
  commit_message?: string;
}

/** The file of an upload, whichever of the two ways it came by. */
export function uploadOf(body: z.infer<typeof uploadBody>, query: z.infer<typeof postAttachmentQuery>): Upload {
  if (Buffer.isBuffer(body)) return { ...query, filename: query.filename ?? '', bytes: body };
  return { commit_message: query.commit_message, ...body, bytes: bytesOf(body.content) };
}

/** Base64 as written: a decoder that skips what it does not know would store another file than was sent. */
export function bytesOf(base64: string): Buffer {
  const compact = base64.replace(/[\r\n]/g, '');
  const bytes = Buffer.from(compact, 'base64');
  const isExact = bytes.toString('base64').replace(/=+$/, '') === compact.replace(/=+$/, '');
  if (!isExact || (compact.endsWith('=') && compact.length % 4 !== 0)) {
    throw new WikiError('bad-base64', 'The content is not base64.');
  }
  return bytes;
}
