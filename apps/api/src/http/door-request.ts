import type { IncomingMessage } from 'node:http';
import type { Access, AccountAccess, Actor } from '@lib/acl';
import type { FastifyRequest } from 'fastify';
import type { Surface } from './address.js';

/** What the way to a controller leaves on a request. */
export interface DoorRequest extends FastifyRequest {
  actor?: Actor;
  access?: Access | AccountAccess;
}

/** What is known of the address of a request. */
export interface Addressed {
  surface: Surface;
  /** The address as it arrived. */
  url: string;
  /** The host of wikis that it came to; null for the platform. */
  wikiHost: string | null;
  /** Why it could not be found out what the address means; absent when it could. */
  trouble?: Error | undefined;
}

const surfaces = new WeakMap<IncomingMessage, Addressed>();

/** Remembers what the address of a request meant. */
export function rememberAddress(raw: IncomingMessage, addressed: Addressed): void {
  surfaces.set(raw, addressed);
}

/** Whether the address of a request was looked at already. */
export const isAddressKnown = (raw: IncomingMessage): boolean => surfaces.has(raw);

/** Throws what kept the server from finding out what the address of a request means. */
export function requireAddressed(request: Pick<FastifyRequest, 'raw'>): void {
  const trouble = surfaces.get(request.raw)?.trouble;
  if (trouble !== undefined) throw trouble;
}

/** The host of wikis that a request came to; null for the platform. */
export function wikiHostOfRequest(request: Pick<FastifyRequest, 'raw'>): string | null {
  return surfaces.get(request.raw)?.wikiHost ?? null;
}

/** What the address of a request means. */
export function surfaceOfRequest(request: Pick<FastifyRequest, 'raw'>): Surface {
  return surfaces.get(request.raw)?.surface ?? { kind: 'malformed' };
}

/** The address as it arrived. */
export function originalUrl(request: Pick<FastifyRequest, 'raw'>): string {
  return surfaces.get(request.raw)?.url ?? request.raw.url ?? '';
}
