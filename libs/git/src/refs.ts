import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { corrupt } from './git-errors.js';
import { isOid, type Oid } from './objects.js';

export const mainRef = 'refs/heads/main';

/** Where a ref points: its own file, else packed-refs; null when it does not exist. */
export function readRef(gitDir: string, ref: string): Oid | null {
  // git deletes the loose file only after it is in packed-refs, so a second look settles a race.
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const own = readLooseRef(join(gitDir, ref));
    if (own !== null) return own;
    const packed = packedRefs(gitDir).get(ref);
    if (packed !== undefined) return packed;
    if (!existsSync(join(gitDir, ref))) return null;
  }
  return null;
}

function readLooseRef(file: string): Oid | null {
  let text: string;
  try {
    // Of UTF-8, one call of the system's; of other encodings, four. Whatever is no id is refused below.
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
  if (!isOid(text)) throw corrupt(`the ref ${file.split('/').slice(-3).join('/')}`);
  return text;
}

/** All refs of the packed-refs file. A line of it that cannot be read may be that of `main`, so nothing is guessed. */
export function packedRefs(gitDir: string): Map<string, Oid> {
  const refs = new Map<string, Oid>();
  const text = readPackedRefs(gitDir);
  if (text !== '' && !text.endsWith('\n')) throw corrupt('the list of packed refs is cut short');
  for (const [at, line] of text.split('\n').slice(0, -1).entries()) {
    // A heading that is not as git writes it says that the file is damaged, and what stands below it may be too.
    const isHeading = at === 0 && line.startsWith('# pack-refs with:');
    // What a tag leads to stands in a line of its own.
    if (isHeading || /^\^[0-9a-f]{40}$/.test(line)) continue;
    const [, oid, ref] = /^([0-9a-f]{40}) (refs\/[^\u0000-\u0020\u007f]+)$/.exec(line) ?? [];
    if (oid === undefined || ref === undefined) throw corrupt('the list of packed refs');
    refs.set(ref, oid);
  }
  return refs;
}

function readPackedRefs(gitDir: string): string {
  try {
    return readFileSync(join(gitDir, 'packed-refs'), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
