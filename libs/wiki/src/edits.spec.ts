import fc from 'fast-check';
import { appendText, editUnique } from './edits.js';
import { lineBreakOf, withLineBreaks } from './line-breaks.js';
import { WikiError } from './wiki-errors.js';

function refusal(act: () => unknown): [string, unknown] {
  try {
    act();
  } catch (error) {
    if (error instanceof WikiError) return [error.code, error.extra['count']];
    throw error;
  }
  return ['done', undefined];
}

describe('editUnique', () => {
  it.each([
    ['one two', 'two', 'three', 'one three'],
    ['one two', ' two', '', 'one'],
    ['---\ntitle: a\n---\nb', 'title: a', 'title: b', '---\ntitle: b\n---\nb'],
    ['a $& b', '$&', "$'$`$1", "a $'$`$1 b"],
    ['a.c abc', 'a.c', 'x', 'x abc'],
    ['x\r\ny\r\nz', 'x\ny', 'a\nb', 'a\r\nb\r\nz'],
    ['x\r\ny\r\nz', 'x\r\ny', 'a\nb', 'a\nb\r\nz'],
  ])('in %j replaces %j', (text, old, fresh, expected) => {
    expect(editUnique(text, old, fresh)).toBe(expected);
  });

  it.each([
    ['abc', '', 'x', 'edit-not-found', undefined],
    ['abc', 'x', 'y', 'edit-not-found', undefined],
    ['abc', 'ABC', 'y', 'edit-not-found', undefined],
    ['abc', 'b', 'b', 'edit-identical', undefined],
    ['a a a', 'a', 'b', 'edit-ambiguous', 3],
    ['aaa', 'aa', 'b', 'edit-ambiguous', 2],
    ['x\r\nx\r\nx\r\n', 'x\n', 'y\n', 'edit-ambiguous', 3],
    ['a\r\nb\nc', 'a\nb', 'y', 'edit-not-found', undefined],
  ])('in %j refuses %j -> %j: %s', (text, old, fresh, code, count) => {
    expect(refusal(() => editUnique(text, old, fresh))).toEqual([code, count]);
  });

  it('keeps every byte before and behind', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string(),
        fc.string({ unit: 'binary' }),
        (before, fresh, behind) => {
          const text = `${before}<<old>>${behind}`;
          expect(editUnique(text, '<<old>>', fresh)).toBe(before + fresh + behind);
        },
      ),
    );
  });
});

describe('appendText', () => {
  it.each([
    ['', 'x', 'x\n'],
    ['a', 'x', 'a\nx\n'],
    ['a\n', 'x', 'a\nx\n'],
    ['a\n', 'x\n', 'a\nx\n'],
    ['a\n\n', '\nx', 'a\n\n\nx\n'],
    ['a\r\nb', 'x\ny', 'a\r\nb\r\nx\r\ny\r\n'],
    ['a', '', 'a'],
  ])('to %j adds %j', (text, addition, expected) => {
    expect(appendText(text, addition)).toBe(expected);
  });

  it('keeps what was there and the whole addition', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ minLength: 1 }), (text, addition) => {
        const whole = appendText(text, addition);
        expect(whole.startsWith(text)).toBe(true);
        expect(whole.slice(text.length)).toContain(withLineBreaks(addition, text));
      }),
    );
  });
});

describe('line breaks', () => {
  it('are those of the page, and left alone where it mixes them', () => {
    expect(lineBreakOf('a\r\nb')).toBe('\r\n');
    expect(lineBreakOf('a')).toBe('\n');
    expect(withLineBreaks('x\ny', 'a\r\nb\n')).toBe('x\ny');
    expect(withLineBreaks('x\r\ny\n', 'a\r\nb')).toBe('x\r\ny\n');
  });
});
