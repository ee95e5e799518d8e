import type { Addresses } from './addresses.js';
import { type DoorRequest, originalUrl, surfaceOfRequest } from './door-request.js';
import { doorOf } from './sign-in.guard.js';

/** The WWW-Authenticate header of a 401: each door is asked in the way its clients understand. */
export function challengeOf(request: DoorRequest, code: string, addresses: Addresses): string {
  const door = doorOf(request);
  if (door === 'git') return 'Basic realm="wikibot", charset="UTF-8"';
  const error = code === 'bad-credential' ? ', error="invalid_token"' : '';
  if (door !== 'mcp') return `Bearer realm="wikibot"${error}`;
  return `Bearer resource_metadata="${metadataUrl(request, addresses)}"${error}`;
}

/** Where the metadata of a protected resource is found (RFC 9728): the well-known path, then the path of the resource. */
function metadataUrl(request: DoorRequest, addresses: Addresses): string {
  const surface = surfaceOfRequest(request);
  const path = (originalUrl(request).split('?')[0] ?? '').replace(/[^\w\-.~%/@!$&'()*+,;=:]/g, '');
  const origin = surface.kind === 'wiki' ? addresses.originOf(request.headers.host) : addresses.origin;
  return `${origin}/.well-known/oauth-protected-resource${path}`;
}
