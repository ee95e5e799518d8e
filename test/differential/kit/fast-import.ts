/** A path as `git fast-import` reads it in quotes; one character of `path` is one byte. */
export function quoted(path: string): string {
  const escaped = path.replace(/[^A-Za-z0-9._/-]/g, (c) => `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`);
  return `"${escaped}"`;
}
