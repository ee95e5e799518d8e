import { foldPath } from './path-folding.js';

/** What a link can be looked up in; `pageLookup` makes one from a list of pages. */
export interface PageLookup {
  /** Whether a page has exactly this path. */
  has(page: string): boolean;
  /** The pages whose folded path is this key. */
  folded(key: string): readonly string[];
  /** The pages of which the folded last segment or a folded alias is this key. */
  named(key: string): readonly string[];
}

/** Which page a link means: one, several (never guessed), or one that does not exist (its path from the root). */
export type Resolution = { page: string } | { ambiguous: string[] } | { missing: string };

/** A lookup over pages held in memory. */
export function pageLookup(pages: Iterable<{ path: string; aliases?: readonly string[] }>): PageLookup {
  const exact = new Set<string>();
  const folded = new Map<string, Set<string>>();
  const named = new Map<string, Set<string>>();
  for (const { path, aliases = [] } of pages) {
    exact.add(path);
    add(folded, foldPath(path), path);
    add(named, foldPath(lastSegment(path)), path);
    for (const alias of aliases) add(named, foldPath(alias), path);
  }
  const listed = (map: Map<string, Set<string>>, key: string): string[] => [...(map.get(key) ?? [])];
  return {
    has: (page) => exact.has(page),
    folded: (key) => listed(folded, key),
    named: (key) => listed(named, key),
  };
}

/**
 * Finds the page a link target means, seen from page `from`: the exact path, else the one page that differs only in
 * case, blanks, `_` and `-`, else the one page with that last segment or alias.
 */
export function resolveLink(target: string, from: string, lookup: PageLookup): Resolution {
  const path = pathFromRoot(target, from);
  if (path === null) return { missing: withoutEnding(target) };
  // Many wikis write markdown links from the root although they look relative.
  const asWritten = target.startsWith('./') ? pathFromRoot(target.slice(1), '') : null;
  const places = [path, asWritten].filter((place) => place !== null).flatMap(spellings);
  const exact = places.find((place) => lookup.has(place));
  if (exact !== undefined) return { page: exact };
  for (const place of places) {
    const pages = lookup.folded(foldPath(place));
    if (pages.length > 0) return oneOf(pages);
  }
  const pages = target.startsWith('/') || target.startsWith('../') ? [] : byName(asWritten ?? path, lookup);
  return pages.length > 0 ? oneOf(pages) : { missing: withoutEnding(path) };
}

function byName(path: string, lookup: PageLookup): string[] {
  const found = spellings(path).flatMap((place) => {
    const key = foldPath(place);
    const suffix = `/${key}`;
    const below = lookup.named(lastSegment(key)).filter((page) => foldPath(page).endsWith(suffix));
    return [...below, ...lookup.named(key)];
  });
  return [...new Set(found)];
}

function oneOf(pages: readonly string[]): Resolution {
  const [page] = pages;
  return page !== undefined && pages.length === 1 ? { page } : { ambiguous: [...pages].sort() };
}

/** The files a link or embed may mean, seen from page `from`, the likeliest first. */
export function fileCandidates(target: string, from: string): string[] {
  const bare = target.replace(/^(?:\.\/|\/)/, '');
  const places = [pathFromRoot(`./${bare}`, `${from}/page`), pathFromRoot(bare, from)];
  const relative = pathFromRoot(target.startsWith('/') ? target : `./${target}`, from);
  const ordered =
    target.startsWith('.') || target.startsWith('/') ? [relative, ...places] : [places[0], relative, places[1]];
  return [...new Set(ordered.filter((place) => place !== null && place !== undefined))];
}

/** A target as path from the root of the wiki; null when it climbs out of it or is the root itself. */
export function pathFromRoot(target: string, from: string): string | null {
  const isRelative = target.startsWith('./') || target.startsWith('../');
  const segments = isRelative ? from.split('/').slice(0, -1) : [];
  for (const segment of target.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return null;
  }
  return segments.length === 0 ? null : segments.join('/');
}

function spellings(path: string): string[] {
  const without = withoutEnding(path);
  return without === path ? [path] : [path, without];
}

function withoutEnding(path: string): string {
  return /[^/]\.md$/i.test(path) ? path.slice(0, -'.md'.length) : path;
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function add(map: Map<string, Set<string>>, key: string, page: string): void {
  const pages = map.get(key);
  if (pages === undefined) map.set(key, new Set([page]));
  else pages.add(page);
}
