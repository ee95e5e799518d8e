import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { doorOf } from './sign-in.guard.js';

/**
 * Completes the ETag of an answer and answers 304 to whoever has it already. It runs where the answer has become
 * bytes: links to a page change without the page, so the revision alone would call a changed answer unchanged.
 */
export function tagAnswer(request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
  if (!isTaggable(request, reply)) return payload;
  // What a browser shows it may keep, but has to ask again each time: who may see a page can change.
  const isWeb = doorOf(request) === 'web';
  if (!reply.hasHeader('cache-control'))
    reply.header('cache-control', isWeb ? 'private, no-cache' : 'private, no-store');
  reply.header(
    'vary',
    isWeb ? 'Accept, Accept-Language, Authorization, Cookie' : withAuthorization(reply.getHeader('vary')),
  );
  const given = reply.getHeader('etag');
  // A stream cannot be hashed on its way; a file brings its complete tag along.
  if (reply.statusCode >= 300 || (typeof payload !== 'string' && !isComplete(given))) return payload;
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (!isRead && given === undefined) return payload;
  const etag = isComplete(given) ? given : complete(given, payload as string);
  reply.header('etag', etag);
  if (!isRead || !matches(request.headers['if-none-match'], etag)) return payload;
  reply.code(304).removeHeader('content-type').removeHeader('content-length');
  // Not null: what answers HEAD measures the payload.
  return '';
}

function isTaggable(request: FastifyRequest, reply: FastifyReply): boolean {
  return (request.url.includes('/api/v1') || doorOf(request) === 'web') && !reply.raw.headersSent;
}

function withAuthorization(vary: unknown): string {
  const named = typeof vary === 'string' && vary !== '' ? vary : '';
  if (/\bauthorization\b/i.test(named)) return named;
  return named === '' ? 'Authorization' : `${named}, Authorization`;
}

function isComplete(given: unknown): given is string {
  return typeof given === 'string' && given.startsWith('"');
}

// An answer that is kept is the same text again, and is found by it without being read.
const known = new LRUCache<string, string>({ maxSize: 4 << 20, sizeCalculation: (_, text) => text.length + 1 });

function complete(given: unknown, payload: string): string {
  const short = known.get(payload) ?? hash('sha256', payload, 'base64url').slice(0, 22);
  known.set(payload, short);
  return typeof given === 'string' ? `"${given}.${short}"` : `"${short}"`;
}

/** Weak comparison, as reading asks for: W/ marks are ignored. */
function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  return ifNoneMatch.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === etag);
}
