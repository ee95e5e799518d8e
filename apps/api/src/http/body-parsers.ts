import type { FastifyInstance } from 'fastify';
import { DoorError } from './door-error.js';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Teaches the server the bodies it takes: JSON everywhere, bytes for attachments, git's own streams. */
export function registerBodyParsers(server: FastifyInstance, limits: { fileBytes: number }): void {
  const parseJson = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (body.length === 0) return done(null, undefined);
    const text = textOf(body as Buffer);
    if (text instanceof Error) return done(text);
    return parseJson(request, text, done);
  });
  const git = ['application/x-git-upload-pack-request', 'application/x-git-receive-pack-request'];
  // The stream stays unread; the git door reads it piece by piece.
  server.addContentTypeParser(git, (_request, _payload, done) => done(null, undefined));
  const bodyLimit = limits.fileBytes + 1024;
  server.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (request, body, done) => {
    if (/\/attachments(?:\?|$)/.test(request.url)) return done(null, body);
    // DELETE and friends of some clients name a type and send nothing.
    if (body.length === 0) return done(null, undefined);
    return done(new DoorError('media-type-not-supported', 'Send JSON as application/json.'));
  });
}

/** Bytes that are not UTF-8 would become other text than was sent. */
function textOf(body: Buffer): string | DoorError {
  try {
    return utf8.decode(body);
  } catch {
    return new DoorError('malformed-request', 'The body is not UTF-8.');
  }
}
