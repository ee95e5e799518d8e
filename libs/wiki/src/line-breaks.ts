import { diffArrays } from 'diff';

/** The line break a text uses; a line feed when it has none. */
export function lineBreakOf(text: string): string {
  const first = /\r\n|\n/.exec(text)?.[0];
  return first ?? '\n';
}

/** An addition with the line breaks of the text it goes into: agents write line feeds, whatever the page has. */
export function withLineBreaks(addition: string, text: string): string {
  const isWindows = text.includes('\r\n') && !/(?<!\r)\n/.test(text);
  return isWindows && !addition.includes('\r') ? addition.replaceAll('\n', '\r\n') : addition;
}

const diffMs = 1_000;

/**
 * A text from a form, in which all line breaks are line feeds, with the breaks that its lines had before: what nobody
 * changed stays as it was, byte for byte. New lines get the first break of the text.
 */
export function keptLineBreaks(sent: string, before: string): string {
  if (!before.includes('\r')) return sent;
  const old = before.split(/(?<=\n)|(?<=\r)(?!\n)/).map((line) => /^([^\r\n]*)(.*)$/s.exec(line) ?? ['', '', '']);
  const lines = sent.split('\n');
  const usual = /\r\n|\r|\n/.exec(before)?.[0] ?? '\n';
  const ends: string[] = [];
  let at = 0;
  const parts =
    diffArrays(
      old.map(([, text = '']) => text),
      lines,
      { timeout: diffMs },
    ) ?? [];
  for (const { added, removed, count } of parts) {
    for (let n = 0; n < count; n += 1) if (!removed) ends.push(added ? usual : (old[at + n]?.[2] ?? usual) || usual);
    if (!added) at += count;
  }
  return lines.map((line, n) => (n === lines.length - 1 ? line : line + (ends[n] ?? usual))).join('');
}
