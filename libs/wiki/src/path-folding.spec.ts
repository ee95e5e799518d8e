import fc from 'fast-check';
import { foldPath, twinKey, twinOf } from './path-folding.js';

describe('foldPath', () => {
  it.each([
    ['Two Words', 'two_words'],
    ['Two Words', 'two-words'],
    ['Area/Two  Words', 'area/TWO_-WORDS'],
    ['Café', 'CAFE\u0301'],
    ['Straße', 'STRASSE'],
    ['ΟΔΟΣ', 'οδος'],
  ])('finds %j by %j', (page, link) => {
    expect(foldPath(link)).toBe(foldPath(page));
  });

  it('keeps folders and letters apart', () => {
    expect(foldPath('a/b')).not.toBe(foldPath('a b'));
    expect(foldPath('Sık')).not.toBe(foldPath('Sik'));
    expect(foldPath('Café')).not.toBe(foldPath('Cafe'));
  });

  it('is idempotent, as twinKey is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
        expect(foldPath(foldPath(text))).toBe(foldPath(text));
        expect(twinKey(twinKey(text))).toBe(twinKey(text));
      }),
      { numRuns: 2000 },
    );
    for (const text of ['ẞ', 'İ', 'ǅ', 'ŉ', 'ﬃ']) expect(foldPath(foldPath(text))).toBe(foldPath(text));
  });
});

describe('twinKey', () => {
  it.each([
    ['Home', 'HOME'],
    ['Café', 'Cafe\u0301'],
    ['Straße', 'strasse'],
    ['\u212Aelvin', 'kelvin'],
    ['می‌خواهم', 'میخواهم'],
    ['İ', 'i\u0307'],
  ])('%j and %j are twins', (a, b) => {
    expect(twinKey(a)).toBe(twinKey(b));
  });

  it.each([
    ['Two Words', 'Two_Words'],
    ['Sık', 'Sik'],
    ['a/b', 'ab'],
  ])('%j and %j can stand side by side', (a, b) => {
    expect(twinKey(a)).not.toBe(twinKey(b));
  });
});

describe('twinOf', () => {
  it('finds the file, or the folder above it, that is spelled otherwise', () => {
    const files = ['Home.md', 'Actors/Iran.md'];

    expect(twinOf('home.md', files)).toBe('Home.md');
    expect(twinOf('actors/Oman.md', files)).toBe('Actors');
    expect(twinOf('Actors/Oman.md', files)).toBeNull();
    expect(twinOf('Home.md', files)).toBeNull();
  });
});
