const ascii = /^[\x00-\x7f]*$/;

// File systems that ignore case ignore these as well, or show no difference.
const ignorable = /[\uFE00-\uFE0F\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/gu;

/** The key under which a link finds a page: case, normalisation, and blanks, `_` and `-` make no difference. */
export function foldPath(path: string): string {
  return foldCase(path)
    .split('/')
    .map((segment) => segment.replace(/[\s_-]+/gu, ' ').trim())
    .join('/');
}

/** The key that two paths share when a file system ignoring case or normalisation would keep only one of them. */
export function twinKey(path: string): string {
  if (ascii.test(path)) return path.toLowerCase();
  return foldCase(path.replace(ignorable, ''));
}

/** Full Unicode case folding (ß is ss, ς is σ, dotless ı stays itself), canonically composed. */
function foldCase(text: string): string {
  if (ascii.test(text)) return text.toLowerCase();
  let folded = '';
  for (const character of text.normalize('NFD')) folded += foldCharacter(character);
  return folded.normalize('NFC');
}

function foldCharacter(character: string): string {
  if (character === 'ı') return character;
  // Lowered first: the capital of a sharp s is a letter of its own, which only its small form turns into SS.
  return character.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ').normalize('NFD');
}

/** The spelling among `files` (or of one of their folders) that a new file would collide with; null when none does. */
export function twinOf(file: string, files: Iterable<string>): string | null {
  const wanted = new Map(prefixesOf(file).map((prefix) => [twinKey(prefix), prefix]));
  for (const other of files) {
    for (const prefix of prefixesOf(other)) {
      const same = wanted.get(twinKey(prefix));
      if (same !== undefined && same !== prefix) return prefix;
    }
  }
  return null;
}

/** A path and the folders above it, the outermost first. */
export function prefixesOf(path: string): string[] {
  const segments = path.split('/');
  return segments.map((_, depth) => segments.slice(0, depth + 1).join('/'));
}
