import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Addresses } from './addresses.js';
import { type DoorRequest, surfaceOfRequest, wikiHostOfRequest } from './door-request.js';
import { Moved } from './moved.js';
import { doorOf } from './sign-in.guard.js';

/**
 * Sends browsers to the one address of a wiki. Only whoever may see the wiki gets as far as here. Programs, agents and git
 * are served where they ask, and so is what a form sends: nothing that was written is to be lost on the way.
 */
export class CanonicalGuard implements CanActivate {
  constructor(private readonly addresses: Addresses) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<DoorRequest>();
    const [surface, { access, method }] = [surfaceOfRequest(request), request];
    if (surface.kind !== 'wiki' || access === undefined || !('wiki' in access)) return true;
    if (doorOf(request) !== 'web') return true;
    const home = this.addresses.homeOf(access.wiki, { asked: surface.address, host: wikiHostOfRequest(request) });
    if (home === null) return true;
    if (method === 'GET' || method === 'HEAD') throw new Moved(home + surface.path);
    leadTo(home, context.switchToHttp().getResponse<FastifyReply>());
    return true;
  }
}

/** What a form is answered with leads to the wiki's own host, whichever it was sent to. */
function leadTo(home: string, reply: FastifyReply): void {
  const redirect = reply.redirect.bind(reply);
  if (URL.canParse(home)) reply.redirect = (url, code) => redirect(new URL(url, home).href, code);
}
