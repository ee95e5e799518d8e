import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { uncertainName, surfaceOf, wikiHostOf } from './address.js';
import { isAddressKnown, rememberAddress, surfaceOfRequest } from './door-request.js';

/** What it takes to tell what an address means. */
export interface Addressing {
  /** The host name of BASE_URL. */
  base: string;
  /** Whether a name is the custom slug of a wiki. */
  isCustomSlug: (name: string) => Promise<boolean>;
}

interface ServerLimits {
  http?: ServerOptions;
  keepAliveTimeout: number;
  requestTimeout: number;
  connectionTimeout: number;
}

/**
 * A server that finds out what the address of a request means before the request is routed: whether the pages of a person's
 * wiki or of a wiki with a custom slug lie below a name, only the database knows.
 */
export const addressingServer =
  (addressing: Addressing) =>
  (listener: RequestListener, { http, keepAliveTimeout, requestTimeout, connectionTimeout }: ServerLimits): Server => {
    const server = createServer(http ?? {}, (request, response) => {
      const answer = () => listener(request, response);
      const looking = lookUp(request, addressing);
      if (looking === null) answer();
      else void looking.then(answer);
    });
    Object.assign(server, { keepAliveTimeout, requestTimeout });
    server.setTimeout(connectionTimeout);
    return server;
  };

/** The inner address of a request; controllers know wikis as `/~wiki`, repositories as `/~git` and people as `/~person`. */
export function innerUrl(request: IncomingMessage, base: string): string {
  // What did not come by the network was not looked at before.
  if (!isAddressKnown(request)) addressOf(request, base, null);
  const surface = surfaceOfRequest({ raw: request });
  switch (surface.kind) {
    case 'platform':
      return surface.path;
    case 'wiki':
      return `/~wiki${surface.path}`;
    case 'git':
      return `/~git${surface.path}`;
    case 'person':
      return `/~person${surface.path}`;
    default:
      return '/~nowhere';
  }
}

/** Remembers what the address means; a promise where the database has to be asked. */
function lookUp(request: IncomingMessage, { base, isCustomSlug }: Addressing): Promise<void> | null {
  addressOf(request, base, null);
  const name = uncertainName(surfaceOfRequest({ raw: request }));
  if (name === null) return null;
  return isCustomSlug(name).then(
    (isCustom) => {
      if (isCustom) addressOf(request, base, name);
    },
    // Said when the request is answered, in the way of its door, and without waiting for the database again.
    (trouble: Error) => addressOf(request, base, null, trouble),
  );
}

function addressOf(request: IncomingMessage, base: string, customSlug: string | null, trouble?: Error): void {
  const { host } = request.headers;
  const url = request.url ?? '/';
  const surface = surfaceOf(host, url, { base, customSlug });
  rememberAddress(request, { surface, url, wikiHost: wikiHostOf(host, { base }), trouble });
}
