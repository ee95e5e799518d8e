import fc from 'fast-check';

/** The line breaks people's editors leave behind. */
const lineBreak = fc.constantFrom('\n', '\r\n');

/** A page in one style of line breaks, with or without a last one, and sometimes with a byte order mark. */
export function pageOf(line: fc.Arbitrary<string>, maxLines = 15): fc.Arbitrary<string> {
  const mark = fc.constantFrom('', '', '', '\uFEFF');
  return fc
    .tuple(mark, fc.array(line, { maxLength: maxLines }), lineBreak, fc.boolean())
    .map(
      ([first, lines, between, isOpen]) => first + lines.join(between) + (isOpen || lines.length === 0 ? '' : between),
    );
}

/** Any text that can be stored: whole characters of every script, control characters among them. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc
    .array(fc.constantFrom('\n', '\r\n', '\r', '\uFEFF', 'a', ' ', '\t', '\u2028', '# x', '---', 'ö'), {
      maxLength: 30,
    })
    .map((pieces) => pieces.join('')),
);
