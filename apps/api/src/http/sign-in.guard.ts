import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { AclError, type Actor, Actors, badCredential, type Door } from '@lib/acl';
import { type DoorRequest, requireAddressed, surfaceOfRequest, wikiHostOfRequest } from './door-request.js';
import { SessionCookies } from './session-cookies.js';

/**
 * Turns the credential of a request into an actor. A token that is not valid is refused, also where none is needed; a
 * browser whose session is over is nobody.
 */
@Injectable()
export class SignInGuard implements CanActivate {
  constructor(
    private readonly actors: Actors,
    private readonly cookies: SessionCookies,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<DoorRequest>();
    requireAddressed(request);
    request.actor = await this.actorOf(request, doorOf(request));
    return true;
  }

  private async actorOf(request: DoorRequest, door: Door): Promise<Actor> {
    const header = request.headers.authorization;
    if (header === undefined) return this.ofBrowser(request, door);
    const secret = secretOf(header, door);
    if (secret === null) throw badCredential();
    return this.actors.byToken(secret, door);
  }

  private async ofBrowser(request: DoorRequest, door: Door): Promise<Actor> {
    const nobody = this.actors.nobody(door);
    const secret = door === 'web' ? this.cookies.session(request) : null;
    // What needs no credential may be asked from anywhere; what changes something on our pages comes from one of them.
    if (door === 'web' && !isHarmless(request.method)) this.cookies.requireOwn(request);
    if (secret === null) return nobody;
    try {
      return await this.actors.bySession(secret, door, wikiHostOfRequest(request));
    } catch (error) {
      if (error instanceof AclError && error.code === 'bad-credential') return nobody;
      throw error;
    }
  }
}

const isHarmless = (method: string): boolean => method === 'GET' || method === 'HEAD' || method === 'OPTIONS';

/** By which door a request came, from its address. */
export function doorOf(request: Pick<DoorRequest, 'raw'>): Door {
  const surface = surfaceOfRequest(request);
  if (surface.kind === 'git') return 'git';
  if (surface.kind !== 'wiki' && surface.kind !== 'platform') return 'rest';
  if (/^\/mcp(?:[/?]|$)/.test(surface.path)) return 'mcp';
  return (surface.kind === 'wiki' ? ofPrograms : notOfBrowsers).test(surface.path) ? 'rest' : 'web';
}

/** Below a wiki everything is a page but these. */
const ofPrograms = /^\/(?:api|\.well-known)(?:[/?]|$)/;
/** Of the platform only these addresses are pages. */
const notOfBrowsers = /^(?!\/(?:$|\?|(?:auth|account|docs|-\/auth)(?:[/?]|$)))/;

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
