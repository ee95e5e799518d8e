import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { type Actor, Actors, badCredential, type Door } from '@lib/acl';
import { type DoorRequest, surfaceOfRequest } from './door-request.js';

/** Turns the credential of a request into an actor; a credential that is not valid is refused, also where none is needed. */
@Injectable()
export class SignInGuard implements CanActivate {
  constructor(private readonly actors: Actors) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<DoorRequest>();
    request.actor = await this.actorOf(request, doorOf(request));
    return true;
  }

  private async actorOf(request: DoorRequest, door: Door): Promise<Actor> {
    const header = request.headers.authorization;
    if (header === undefined) return this.actors.nobody(door);
    const secret = secretOf(header, door);
    if (secret === null) throw badCredential();
    return this.actors.byToken(secret, door);
  }
}

/** By which door a request came, from its address. */
export function doorOf(request: Pick<DoorRequest, 'raw'>): Door {
  const surface = surfaceOfRequest(request);
  if (surface.kind === 'git') return 'git';
  const path = surface.kind === 'wiki' || surface.kind === 'platform' ? surface.path : '';
  return /^\/mcp(?:[/?]|$)/.test(path) ? 'mcp' : 'rest';
}

/** Bearer at every door; git also sends Basic, where any user name goes with the token as password. */
function secretOf(header: string, door: Door): string | null {
  const [scheme = '', value = ''] = header.trim().split(/ +/, 2);
  if (/^bearer$/i.test(scheme)) return value;
  if (!/^basic$/i.test(scheme) || door !== 'git') return null;
  const pair = Buffer.from(value, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  if (colon === -1) return null;
  // `https://<token>@host/…` puts the token where the name belongs, as other git hosts allow.
  return pair.slice(colon + 1) || pair.slice(0, colon);
}
