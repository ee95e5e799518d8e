const reserved = new Set(['-', 'api', 'mcp', '.well-known']);

/** The address of a page below `base`; one whose path could be taken for something else is named below `/-/page/`. */
export function pageAddress(base: string, path: string, anchor: string | null = null): string {
  const segments = path.split('/');
  const isOdd = reserved.has(segments[0] ?? '') || /\.md$/i.test(path) || segments.some(isNoName);
  const fragment = anchor === null || anchor === '' ? '' : `#${encodeURIComponent(anchor)}`;
  return `${base}${isOdd ? '/-/page/' : '/'}${encodedPath(path)}${fragment}`;
}

/** The address of a file of the wiki. */
export function fileAddress(base: string, path: string): string {
  return `${base}${reserved.has(path.split('/')[0] ?? '') ? '/-/file/' : '/'}${encodedPath(path)}`;
}

/** A path as it is written in an address; slashes stay. */
export function encodedPath(path: string): string {
  return path.split('/').map(encodedSegment).join('/');
}

const isNoName = (segment: string): boolean => segment === '' || segment === '.' || segment === '..';

const encodedSegment = (segment: string): string => encodeURIComponent(segment.toWellFormed());
