import type { FastifyInstance } from 'fastify';
import type { Addresses } from '../http/addresses.js';
import { DoorError } from '../http/door-error.js';
import { doorOf } from '../http/sign-in.guard.js';

const loopback = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;

/** Whether a page of that origin may call: our own only, since a browser tells no other reason to. */
export function isOwnOrigin(origin: string, host: string | undefined, addresses: Addresses): boolean {
  if (origin === addresses.origin || origin === addresses.originOf(host)) return true;
  return loopback.test(origin) && origin === `http://${host ?? ''}`;
}

/** Refuses what pages of other origins send to MCP, before anything else is looked at. */
export function refuseForeignOrigins(server: FastifyInstance, addresses: Addresses): void {
  server.addHook('onRequest', async (request) => {
    const { origin, host } = request.headers;
    if (origin === undefined || doorOf(request) !== 'mcp' || isOwnOrigin(origin, host, addresses)) return;
    throw new DoorError('origin-refused', 'MCP takes no requests from pages of another origin.');
  });
}
