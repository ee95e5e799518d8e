import type { WikiAddress } from '@lib/acl';

/** What a request is about, from its host and path alone. */
export type Surface =
  | { kind: 'platform'; path: string }
  | { kind: 'wiki'; address: WikiAddress; path: string }
  | { kind: 'git'; address: WikiAddress; path: string }
  | { kind: 'person'; username: string; path: string }
  | { kind: 'unknown-host' }
  | { kind: 'malformed' };

/** The names this server answers to; `base` is the host name of BASE_URL. */
export interface Hosts {
  base: string;
  /** A name that is the custom slug of a wiki; only the database knows which are. */
  customSlug?: string | null;
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);
const ofOneWiki = ['llms.txt', 'llms-full.txt', 'sitemap.xml'];
const notSlugs = new Set(['', 'api', 'mcp', '-', '.well-known', ...ofOneWiki]);
/** What programs look for at the root of every host. */
const hostFiles = new Set(
  ['robots.txt', 'favicon.ico', 'manifest.webmanifest', ...ofOneWiki].map((name) => `/${name}`),
);
const platformHosts = new Set(['www', 'api', 'auth']);
/** What the platform itself answers on the hosts of wikis too, for its pages there. */
const everywhere = /^\/-\/(?:assets|auth)(?:\/|$)/;
/** A page address ends in one of these when it is about more than the page itself. */
const subResources = new Set([
  ...['history', 'rename', 'links', 'related', 'diff', 'blame', 'restore', 'append', 'section', 'attachments'],
]);

/**
 * Which surface, wiki and inner path a request means. `host` is the Host header, `url` path and query as they arrived.
 * Nothing else reads the Host header.
 */
export function surfaceOf(host: string | undefined, url: string, hosts: Hosts): Surface {
  const name = hostName(host);
  if (name === null || !url.startsWith('/')) return { kind: 'malformed' };
  const mark = /[?#]/.exec(url)?.index ?? url.length;
  const [path, query] = [url.slice(0, mark), url.slice(mark).replace(/#.*$/s, '')];
  if (name === hosts.base || loopback.has(name)) return inPathMode(path, query, hosts);
  const label = labelOf(name, hosts);
  if (label === null) return { kind: 'unknown-host' };
  const isOfPlatform = platformHosts.has(label) || everywhere.test(path) || hostFiles.has(path);
  return isOfPlatform ? platform(path, query) : below(label, path, query, hosts);
}

/** The host of wikis that a Host header names; null for the platform's own hosts and all others. */
export function wikiHostOf(host: string | undefined, hosts: Hosts): string | null {
  const name = hostName(host);
  if (name === null || name === hosts.base || loopback.has(name)) return null;
  const label = labelOf(name, hosts);
  return label === null || platformHosts.has(label) ? null : name;
}

/** The name in an address of which nothing but the database can tell whether a person or a wiki is called that. */
export function uncertainName(surface: Surface): string | null {
  const name = nameIn(surface);
  return name !== null && /^[a-z0-9-]{1,64}$/.test(name) ? name : null;
}

function nameIn(surface: Surface): string | null {
  if (surface.kind === 'person') return surface.username;
  if (surface.kind !== 'wiki' && surface.kind !== 'git') return null;
  return 'owner' in surface.address ? surface.address.owner : null;
}

/** What stands before the name of the platform in that of a host below it. */
function labelOf(name: string, { base }: Hosts): string | null {
  const label = name.endsWith(`.${base}`) ? name.slice(0, -base.length - 1) : null;
  return label === null || label.includes('.') ? null : label;
}

/** The host without its port, in lower case; null when it is not the form of a host. */
function hostName(host: string | undefined): string | null {
  const match = /^([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i.exec(host ?? '');
  return match?.[1]?.toLowerCase() ?? null;
}

function inPathMode(path: string, query: string, hosts: Hosts): Surface {
  const match = /^\/(?:@|%40)([^/]*)(\/.*)?$/is.exec(path);
  return match === null ? platform(path, query) : below(match[1] ?? '', match[2] ?? '', query, hosts);
}

/** What lies under the name of a person or a custom slug. */
function below(written: string, path: string, query: string, { customSlug = null }: Hosts): Surface {
  const name = decoded(written);
  const end = path.indexOf('/', 1);
  const slug = decoded(end === -1 ? path.slice(1) : path.slice(1, end));
  if (name === null || slug === null) return { kind: 'malformed' };
  if ((path === '' || path === '/') && name !== customSlug) return { kind: 'person', username: name, path: query };
  // What cannot be the slug of a wiki means that the name is the custom slug of one.
  const isCustom = notSlugs.has(slug) || (name === customSlug && slug !== `${name}.git`);
  if (isCustom) return ofWiki({ customSlug: name }, path, query);
  const inner = end === -1 ? '' : path.slice(end);
  if (!slug.endsWith('.git')) return ofWiki({ owner: name, slug }, inner, query);
  return { kind: 'git', address: { owner: name, slug: slug.slice(0, -'.git'.length) }, path: inner + query };
}

function ofWiki(address: WikiAddress, path: string, query: string): Surface {
  const inner = innerPath(path === '/' ? '' : path);
  return inner === null ? { kind: 'malformed' } : { kind: 'wiki', address, path: inner + query };
}

function platform(path: string, query: string): Surface {
  // Doors within are reached by their outer addresses only.
  if (/^\/+(?:~|%7e)/i.test(path)) return { kind: 'malformed' };
  return isDecodable(path) ? { kind: 'platform', path: path + query } : { kind: 'malformed' };
}

/** Puts the path of a page into one encoded segment, however it was written; null when it cannot be decoded. */
function innerPath(path: string): string | null {
  const match = /^\/api\/v1\/(pages|links)\/(.+)$/s.exec(path);
  if (match === null) return isDecodable(path) ? path : null;
  const [, kind = '', written = ''] = match;
  const { page, rest } = kind === 'pages' ? cutSubResource(written.split('/')) : { page: written.split('/'), rest: [] };
  const segments = page.map(decoded);
  if (segments.includes(null) || !isDecodable(rest.join('/'))) return null;
  return ['/api/v1', kind, encodeURIComponent(segments.join('/')), ...rest].join('/');
}

function cutSubResource(segments: string[]): { page: string[]; rest: string[] } {
  const last = segments.length - 1;
  if (last >= 2 && segments[last - 1] === 'attachments') {
    return { page: segments.slice(0, last - 1), rest: segments.slice(last - 1) };
  }
  if (last >= 1 && subResources.has(segments[last] ?? ''))
    return { page: segments.slice(0, last), rest: segments.slice(last) };
  return { page: segments, rest: [] };
}

function decoded(text: string): string | null {
  // Nearly every part of nearly every address is plain.
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

const isDecodable = (text: string): boolean => decoded(text) !== null;
