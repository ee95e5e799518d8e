import { corrupt } from './git-errors.js';
import { treeMode, type Oid } from './objects.js';

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

function compareEntries(a: Entry, b: Entry): number {
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
    entries.push({
      // Some old writers padded modes with zeros.
      mode: bytes.toString('latin1', at, space).replace(/^0+/, ''),
      name: bytes.toString('latin1', space + 1, nul),
      oid: bytes.toString('hex', nul + 1, nul + 21),
    });
    at = nul + 21;
  }
  return entries;
}

export function formatTree(entries: Entry[]): Buffer {
  const sorted = [...entries].sort(compareEntries);
  return Buffer.concat(
    sorted.flatMap((entry) => [Buffer.from(`${entry.mode} ${entry.name}\0`, 'latin1'), Buffer.from(entry.oid, 'hex')]),
  );
}
