import type { Random } from './seeds.js';

const words = [
  'a', 'b', 'A', 'a.b', 'a-b', 'a0', 'z z', ' lead', 'trail ', 'tab\there', 'line\nbreak', 'quo"te', 'back\\slash',
  "apo'strophe", '*', '?', '[x]', ':colon', '!bang', '#hash', '-dash', '--output', '~tilde', '$HOME', 'x'.repeat(200),
  'Ä', 'A\u0308', 'ß', '日本', '한국어', 'Ελληνικά', 'Русский', 'العربية', 'עברית', 'हिन्दी', 'ไทย', '😀', '👩‍👩‍👧',
  '\u3000wide', '\ufeffbom', '\uff5e', '\u{10000}', 'con.md', '.hidden', 'lost+found', '\u0001', '\u007f', '\u202e',
]; // prettier-ignore

/** Names that are no UTF-8; git keeps any bytes. One character here is one byte. */
const oddBytes = ['\xff', '\xfe\xff', 'latin1-\xe9', '\xc3', '\xed\xa0\x80', 'a\x80b'];

const bytesOf = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

/** A path as git keeps it, one character for each byte: in every script, with and without folders. */
export function randomPath(random: Random, oddNames: boolean): string {
  const name = () => (oddNames && random.once(12) ? random.of(oddBytes) : bytesOf(random.of(words)));
  const folders = Array.from({ length: random.below(4) }, () => (random.once(3) ? name() : `d${random.below(3)}`));
  return [...folders, random.once(2) ? `${name()}.md` : name()].join('/');
}

/** What a page may be called in a wiki. */
export function pagePath(random: Random): string {
  const name = () => random.of(['Home', 'Über uns', '日本語', 'Русский', 'Plan B', 'notes', 'Δ', '한국어']);
  return [...Array.from({ length: random.below(3) }, name), `${name()} ${random.below(30)}.md`].join('/');
}
