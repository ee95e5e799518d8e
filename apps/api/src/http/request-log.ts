import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Logger } from 'pino';
import { type DoorRequest, originalUrl, surfaceOfRequest } from './door-request.js';
import { doorOf } from './sign-in.guard.js';

/** One line for each request: who, where, how it ended and how long it took. Queries are left out, for what they hold. */
export function logRequests(server: FastifyInstance, log: Logger): void {
  server.addHook('onResponse', async (request: DoorRequest, reply) => {
    const level = reply.statusCode >= 500 ? 'warn' : isQuiet(request) ? 'debug' : 'info';
    log[level](lineOf(request, reply), 'request');
  });
}

function lineOf(request: DoorRequest, reply: FastifyReply) {
  const surface = surfaceOfRequest(request);
  const { actor, access } = request;
  return {
    request: request.id,
    method: request.method,
    path: originalUrl(request).split('?')[0],
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime * 10) / 10,
    door: doorOf(request),
    surface: surface.kind,
    user: actor?.username ?? undefined,
    agent: actor?.token?.label ?? undefined,
    wiki: access !== undefined && 'wiki' in access ? access.wiki.id : undefined,
  };
}

const isQuiet = (request: DoorRequest) => /^\/(?:healthz|readyz)/.test(request.raw.url ?? '');
