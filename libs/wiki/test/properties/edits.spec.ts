import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendText, editUnique } from '../../src/edits.js';
import { runs } from './kit/runs.js';
import { anyText, pageOf } from './kit/texts.js';

const line = fc.constantFrom('one', 'two', '', ' ', 'ö', '- item', 'one two');

/** What an edit came to; null when it was refused. */
function edited(text: string, oldString: string, newString: string): string | null {
  try {
    return editUnique(text, oldString, newString);
  } catch {
    return null;
  }
}

describe('an edit of one text', () => {
  it('is undone by the edit the other way round, to the byte', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, anyText, (before, old, fresh, behind) => {
        const text = before + old + behind;
        const after = edited(text, old, fresh);
        const back = after === null ? null : edited(after, fresh, old);
        // Where the new text stands twice, nobody can say which one was meant.
        if (back !== null) expect(back).toBe(text);
      }),
      runs(2000),
    );
  });

  it('happens exactly when the text stands there once', () => {
    fc.assert(
      fc.property(pageOf(line), fc.nat(), fc.nat({ max: 12 }), (text, from, length) => {
        const start = from % (text.length + 1);
        const old = text.slice(start, start + length);
        const isOnce = old !== '' && text.indexOf(old) === start && !text.includes(old, start + 1);
        expect(edited(text, old, '<new>')).toBe(
          isOnce ? text.slice(0, start) + '<new>' + text.slice(start + length) : null,
        );
      }),
      runs(2000),
    );
  });

  it('finds lines whose carriage returns the client lost, and gives them to the new lines', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), fc.array(line, { maxLength: 8 }), (before, behind) => {
        const text = [...before, '<old>', '<lines>', ...behind, ''].join('\r\n');
        const wanted = [...before, '<new>', '', '<lines>', ...behind, ''].join('\r\n');
        expect(edited(text, '<old>\n<lines>', '<new>\n\n<lines>')).toBe(wanted);
      }),
      runs(500),
    );
  });
});

describe('additions', () => {
  it('stand one below the other, each whole, each on lines of its own', () => {
    fc.assert(
      fc.property(pageOf(line), fc.array(fc.nat({ max: 99 }), { minLength: 1, maxLength: 6 }), (text, numbers) => {
        const additions = numbers.map((number) => `added ${number}\nand more`);
        const whole = additions.reduce(appendText, text);
        expect(whole.startsWith(text)).toBe(true);
        const added = whole
          .slice(text.length)
          .split(/\r?\n/)
          .filter((one) => one !== '');
        expect(added).toEqual(additions.flatMap((addition) => addition.split('\n')));
        // A page keeps the one kind of line break it has.
        if (text.includes('\r\n') && !/(?<!\r)\n/.test(text)) expect(whole).not.toMatch(/(?<!\r)\n/);
        if (!text.includes('\r')) expect(whole).not.toContain('\r');
      }),
      runs(1000),
    );
  });
});
