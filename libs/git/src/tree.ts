import { corrupt } from './git-errors.js';
import { commitMode, fileMode, linkMode, runnableMode, treeMode, type Oid } from './objects.js';

/**
 * One entry of one tree. The name is kept as a string with one character per byte, so that
 * comparing two names with `<` compares their bytes, which is git's order.
 */
export interface Entry {
  mode: string;
  name: string;
  oid: Oid;
}

export const toBytesName = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
export const fromBytesName = (name: string): string =>
  isAscii(name) ? name : Buffer.from(name, 'latin1').toString('utf8');

function isAscii(name: string): boolean {
  for (let i = 0; i < name.length; i += 1) if (name.charCodeAt(i) > 127) return false;
  return true;
}

/** Git sorts a folder as if its name ended in a slash. */
export const sortKey = (entry: Entry): string => (entry.mode === treeMode ? `${entry.name}/` : entry.name);

/** Git's order of the entries of a tree. */
export function compareEntries(a: Entry, b: Entry): number {
  const [left, right] = [sortKey(a), sortKey(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

export function parseTree(oid: Oid, bytes: Buffer): Entry[] {
  const entries: Entry[] = [];
  let at = 0;
  while (at < bytes.length) {
    const space = bytes.indexOf(0x20, at);
    const nul = space === -1 ? -1 : bytes.indexOf(0, space);
    if (nul === -1 || nul + 21 > bytes.length || space - at > 7) throw corrupt(`tree ${oid}`);
    const mode = canonicalMode(bytes.toString('latin1', at, space));
    if (mode === null || nul === space + 1) throw corrupt(`tree ${oid}`);
    entries.push({
      mode,
      name: bytes.toString('latin1', space + 1, nul),
      oid: bytes.toString('hex', nul + 1, nul + 21),
    });
    at = nul + 21;
  }
  return entries;
}

/** What git takes a mode for: writers of old padded it with zeros, or said who may write; null when it is no number. */
function canonicalMode(text: string): string | null {
  if (!/^[0-7]+$/.test(text)) return null;
  const mode = parseInt(text, 8);
  const kind = mode & 0o170000;
  if (kind === 0o100000) return (mode & 0o100) === 0 ? fileMode : runnableMode;
  if (kind === 0o040000) return treeMode;
  return kind === 0o120000 ? linkMode : commitMode;
}

/** The bytes of a tree whose entries are in git's order. */
export function formatTree(sorted: readonly Entry[]): Buffer {
  const size = sorted.reduce((sum, { mode, name }) => sum + mode.length + name.length + 22, 0);
  const bytes = Buffer.allocUnsafe(size);
  let at = 0;
  for (const { mode, name, oid } of sorted) {
    at += bytes.write(`${mode} ${name}\0`, at, 'latin1');
    at += bytes.write(oid, at, 'hex');
  }
  return bytes;
}
