import type { IncomingMessage } from 'node:http';
import type { Access, AccountAccess, Actor } from '@lib/acl';
import type { FastifyRequest } from 'fastify';
import type { Surface } from './address.js';

/** What the way to a controller leaves on a request. */
export interface DoorRequest extends FastifyRequest {
  actor?: Actor;
  access?: Access | AccountAccess;
}

const surfaces = new WeakMap<IncomingMessage, { surface: Surface; url: string }>();

/** Remembers what the address of a request meant, and the address as it arrived. */
export function rememberSurface(raw: IncomingMessage, surface: Surface, url: string): void {
  surfaces.set(raw, { surface, url });
}

/** What the address of a request means. */
export function surfaceOfRequest(request: Pick<FastifyRequest, 'raw'>): Surface {
  return surfaces.get(request.raw)?.surface ?? { kind: 'malformed' };
}

/** The address as it arrived. */
export function originalUrl(request: Pick<FastifyRequest, 'raw'>): string {
  return surfaces.get(request.raw)?.url ?? request.raw.url ?? '';
}
