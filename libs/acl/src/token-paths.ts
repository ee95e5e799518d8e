import type { Access } from './access.js';
import { AclError } from './acl-errors.js';

/** Whether a path is one of the prefixes or below one, segment by segment; paths with dot segments never are. */
export function isWithin(prefixes: readonly string[] | null, path: string): boolean {
  if (prefixes === null) return true;
  const asked = path.normalize('NFC').split('/');
  if (asked.some((segment) => segment === '.' || segment === '..')) return false;
  return prefixes.some((prefix) => prefix.split('/').every((segment, place) => segment === asked[place]));
}

/** Whether an access reaches a path: what lists and searches leave out, and what `mayTouch` refuses. */
export function reaches(access: Access, path: string): boolean {
  return isWithin(access.paths, path);
}

/** Refuses a path that a path-limited token does not reach. */
export function mayTouch(access: Access, path: string): void {
  if (reaches(access, path)) return;
  const limits = access.paths?.join(', ') ?? '';
  throw new AclError('path-outside-token', `This token is limited to ${limits}.`, { path, paths: access.paths });
}

/** Takes the path prefixes of a new token: no leading or trailing slash, no empty or dot segment. */
export function parseTokenPaths(paths: readonly string[] | null): string[] | null {
  if (paths === null) return null;
  const parsed = paths.map((path) => path.normalize('NFC').replace(/^\/|\/$/g, ''));
  const odd = parsed.find((path) => path.split('/').some((part) => part === '' || part === '.' || part === '..'));
  if (parsed.length === 0 || odd !== undefined || parsed.some((path) => /[\p{Cc}\\]/u.test(path))) {
    throw new AclError('name-not-allowed', 'A token is limited to folders or pages such as "Actors" or "Notes/2026".');
  }
  return [...new Set(parsed)];
}
