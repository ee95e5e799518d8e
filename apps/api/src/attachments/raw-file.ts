import { StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Bytes are asked for by raw=1, or by an Accept whose first wish is something other than JSON. */
export function wantsBytes(request: Pick<FastifyRequest, 'headers'>, raw: string | undefined): boolean {
  if (raw !== undefined) return raw === '1' || raw === 'true';
  const first = (request.headers.accept ?? '*/*').split(',')[0]?.split(';')[0]?.trim().toLowerCase() ?? '';
  return first !== '' && first !== '*/*' && first !== 'application/*' && !first.includes('json');
}

/**
 * A file of a wiki as a download. Files come from whoever may write and share an origin with other wikis, so a browser
 * must neither guess their type nor run what is in them.
 */
export function rawFile(
  file: { filename: string; bytes: Buffer; mime: string; blob: string },
  reply: FastifyReply,
): StreamableFile {
  const { filename, bytes, mime, blob } = file;
  reply.header('x-content-type-options', 'nosniff');
  reply.header('content-security-policy', "default-src 'none'; sandbox");
  reply.header('cross-origin-resource-policy', 'same-site');
  reply.header('etag', `"${blob}"`);
  return new StreamableFile(bytes, { type: mime, length: bytes.length, disposition: dispositionOf(filename) });
}

/** A name in RFC 6266: plain ASCII for old clients, and the true name. */
export function dispositionOf(filename: string): string {
  const ascii = filename.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const exact = encodeURIComponent(filename).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${exact}`;
}
