import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keptLineBreaks } from './line-breaks.js';

/** What a browser makes of a text in a field, and a server of that. */
const throughAForm = (text: string) => text.replace(/\r\n|\r/g, '\n');

describe('a text that went through a form', () => {
  it('has the line breaks it had', () => {
    const text = fc.array(fc.tuple(fc.constantFrom('a', 'b', '', 'c d'), fc.constantFrom('\n', '\r\n', '\r')), {
      maxLength: 30,
    });

    fc.assert(
      fc.property(text, fc.constantFrom('', 'end'), (lines, end) => {
        const before = lines.flat().join('') + end;
        expect(keptLineBreaks(throughAForm(before), before)).toBe(before);
      }),
    );
  });

  it.each([
    ['one\r\ntwo\r\n', 'one\ntwo\nthree\n', 'one\r\ntwo\r\nthree\r\n'],
    ['one\r\ntwo\nthree\r\n', 'zero\none\nthree\n', 'zero\r\none\r\nthree\r\n'],
    ['one\r\ntwo\n', 'one\nTWO\n', 'one\r\nTWO\r\n'],
    ['one\n', 'one\ntwo\n', 'one\ntwo\n'],
    ['', 'one\n', 'one\n'],
  ])('%j changed to %j is %j', (before, sent, kept) => {
    expect(keptLineBreaks(sent, before)).toBe(kept);
  });
});
