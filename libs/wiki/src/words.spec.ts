import { countWords } from './words.js';

describe('countWords', () => {
  it.each([
    ['', 0],
    [' \n\t', 0],
    ['one two\nthree', 3],
    ["don't split-this", 2],
    ['# A ## B', 4],
    ['größer als früher', 3],
    ['Москва и Киев', 3],
    ['東京', 2],
    ['東京、大阪。', 4],
    ['東京 2024 年', 4],
    ['สวัสดีครับ', 3],
    ['Tokyo は 大きい', 5],
  ])('of %j is %i', (text, count) => {
    expect(countWords(text)).toBe(count);
  });
});
