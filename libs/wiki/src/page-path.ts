import { isGitDisguise } from './git-disguise.js';
import { deceptiveCharacter, invisibleCharacter, quoted } from '@lib/markdown';
import { WikiError } from './wiki-errors.js';

declare const checked: unique symbol;

/** The path of a page that may be created, such as `Actors/Iran`; only `pagePath` makes one. */
export type PagePath = string & { readonly [checked]: true };

/** The longest and deepest file names a wiki takes; a clone of them checks out on every usual file system. */
const nameLimits = { segmentBytes: 255, pathBytes: 1024, levels: 32 } as const;

const reservedFirst = ['-', 'api', 'mcp', '.well-known'];
const forbidden = /[<>:"|?*\\]/;

/** The path under which a page may be created, in NFC; refuses with the reason what decision or file system forbids. */
export function pagePath(input: string): PagePath {
  const path = input.normalize('NFC');
  const fault = pagePathFault(path);
  if (fault !== null) throw notAllowed(path, 'page path', fault);
  return path as PagePath;
}

/** Why a path in NFC may not be created; null when it may. */
export function pagePathFault(path: string): string | null {
  if (path === '') return 'it is empty';
  if (path.startsWith('/'))
    return 'it begins with a slash; page paths are written from the root of the wiki without one';
  const segments = path.split('/');
  if (reservedFirst.includes(segments[0] ?? '')) return `a first segment "${segments[0]}" is reserved for addresses`;
  if (/\.md$/i.test(path)) return 'a page is named without its ending .md';
  return firstFault(segments) ?? sizeFault(fileOf(path));
}

function firstFault(segments: string[]): string | null {
  for (const segment of segments) {
    const fault = segmentFault(segment);
    if (fault !== null) return segments.length === 1 ? fault : `in ${quoted(segment)}: ${fault}`;
  }
  return null;
}

/** Why a name of one level may not be created; null when it may. */
export function segmentFault(segment: string): string | null {
  if (segment === '') return 'a segment is empty (two slashes, or one at the end)';
  if (segment === '.' || segment === '..') return `"${segment}" is not a name`;
  if (isGitDisguise(segment)) return 'it can be mistaken for .git';
  const character = forbidden.exec(segment)?.[0];
  if (character !== undefined) return `it contains ${character === '\\' ? 'a backslash' : character}`;
  const unseen = deceptiveCharacter(segment) ?? invisibleCharacter(segment);
  if (unseen !== null) return unseen;
  if (/^[\s.]|[\s.]$/u.test(segment)) return 'it begins or ends with a blank or a dot';
  return null;
}

/** Why a file path is too long or too deep; null when it is neither. */
export function sizeFault(file: string): string | null {
  const segments = file.split('/');
  if (segments.length > nameLimits.levels) return `it has more than ${nameLimits.levels} levels`;
  if (Buffer.byteLength(file) > nameLimits.pathBytes) return `it is longer than ${nameLimits.pathBytes} bytes`;
  const long = segments.some((segment) => Buffer.byteLength(segment) > nameLimits.segmentBytes);
  return long ? `a file name in it is longer than ${nameLimits.segmentBytes} bytes (its ending included)` : null;
}

/** A path under which something may be read: whatever a push may have brought, but nothing that climbs or breaks off. */
export function readablePath(input: string): string {
  const fault = readableFault(input);
  if (fault !== null) throw notAllowed(input, 'path', fault);
  return input;
}

function readableFault(path: string): string | null {
  if (path === '') return 'it is empty';
  if (path.includes('\0')) return 'it contains a NUL character';
  if (path.length > 4096) return 'it is too long';
  if (path.split('/').includes('')) return 'a segment is empty (a slash at an end, or two of them)';
  const climbs = path.split(/[/\\]/).some((segment) => segment === '.' || segment === '..');
  return climbs ? '"." and ".." are not names' : null;
}

/** The refusal of a path, with the reason. */
export function notAllowed(path: string, what: string, reason: string): WikiError {
  return new WikiError('path-not-allowed', `${quoted(path)} is not allowed as a ${what}: ${reason}.`);
}

/** The file of a page: `Actors/Iran` is in `Actors/Iran.md`. */
export function fileOf(path: string): string {
  return `${path}.md`;
}

/** The page in a file, or null when the file is an attachment. */
export function pageOfFile(file: string): string | null {
  if (!file.endsWith('.md')) return null;
  const page = file.slice(0, -'.md'.length);
  return page === '' || page.endsWith('/') ? null : page;
}
