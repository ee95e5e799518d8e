import type { Random } from './seeds.js';

const fragments = ['alpha', 'beta', '日本語の行', 'tab\tbed', '', '  indented', '# Head', '- item', '\\ No newline', '@@ -1 +1 @@', '--- a/x', '+++ b/x', '😀', 'end\r']; // prettier-ignore

/** A line of a text; few enough are different that texts share lines. */
const randomLine = (random: Random): string => (random.once(3) ? random.of(fragments) : `line ${random.below(40)}`);

/** A text, sometimes empty, sometimes without a last line end. */
export function randomText(random: Random, most = 40): string {
  if (random.once(12)) return '';
  const lines = Array.from({ length: 1 + random.below(most) }, () => randomLine(random));
  return lines.join('\n') + (random.once(6) ? '' : '\n');
}

/** The text with some lines added, removed and replaced. */
export function edited(random: Random, text: string): string {
  const lines = text.split('\n');
  for (let i = 0; i <= random.below(4); i += 1) {
    const at = random.below(lines.length + 1);
    const kind = random.below(4);
    if (kind === 0) lines.splice(at, 0, randomLine(random));
    else if (kind === 1) lines.splice(at, 1 + random.below(3));
    else if (kind === 2) lines.splice(at, 1, randomLine(random));
    else lines.splice(at, 0, ...lines.slice(random.below(lines.length), at));
  }
  return lines.join('\n');
}

/** A file's bytes: a text or anything, of all sizes. */
export function randomBlob(random: Random): Buffer {
  const kind = random.below(20);
  if (kind === 0) return Buffer.alloc(0);
  if (kind === 1) return random.bytes(random.below(5_000));
  if (kind === 2) return Buffer.from(randomText(random, 2_000));
  return Buffer.from(randomText(random));
}
