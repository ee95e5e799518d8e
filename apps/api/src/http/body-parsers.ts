import type { FastifyInstance } from 'fastify';
import { DoorError } from './door-error.js';
import { doorOf } from './sign-in.guard.js';

/** No body of ours is nested deeper. */
const deepest = 16;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Teaches the server the bodies it takes: JSON everywhere, bytes for attachments, git's own streams. */
export function registerBodyParsers(server: FastifyInstance, limits: { fileBytes: number; formBytes: number }): void {
  const parseJson = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (body.length === 0) return done(null, undefined);
    const text = textOf(body as Buffer);
    if (text instanceof Error) return done(text);
    return parseJson(request, text, (error, value) => done(error ?? smuggled(text, value), value));
  });
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: limits.formBytes },
    (request, body, done) => {
      // Programs send JSON; that other sites cannot send without asking is a part of why they may.
      if (doorOf(request) !== 'web')
        return done(new DoorError('media-type-not-supported', 'Send JSON as application/json.'));
      return done(null, fieldsOf(body as string));
    },
  );
  const git = ['application/x-git-upload-pack-request', 'application/x-git-receive-pack-request'];
  // The stream stays unread; the git door reads it piece by piece.
  server.addContentTypeParser(git, (_request, _payload, done) => done(null, undefined));
  const bodyLimit = limits.fileBytes + 1024;
  server.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (request, body, done) => {
    if (/\/attachments(?:\?|$)|^\/~wiki\/-\/upload\//.test(request.url)) return done(null, body);
    // DELETE and friends of some clients name a type and send nothing.
    if (body.length === 0) return done(null, undefined);
    return done(new DoorError('media-type-not-supported', 'Send JSON as application/json.'));
  });
}

/**
 * Schemas look fields up in plain objects, where `constructor` seems to be a known field. No field of ours is called
 * that, so a body that has it is refused before any schema sees it.
 */
function smuggled(text: string, value: unknown): DoorError | null {
  if (!text.includes('"constructor"') || !hasConstructor(value, 0)) return null;
  return new DoorError('not-valid', 'constructor: no such field', {
    errors: [{ field: 'constructor', message: 'no such field' }],
  });
}

function hasConstructor(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null || depth > deepest) return false;
  return Object.hasOwn(value, 'constructor') || Object.values(value).some((part) => hasConstructor(part, depth + 1));
}

/** The fields of a form; of one that is there twice, the last. */
const fieldsOf = (body: string): Record<string, string> => Object.fromEntries(new URLSearchParams(body));

/** Bytes that are not UTF-8 would become other text than was sent. */
function textOf(body: Buffer): string | DoorError {
  try {
    return utf8.decode(body);
  } catch {
    return new DoorError('malformed-request', 'The body is not UTF-8.');
  }
}
