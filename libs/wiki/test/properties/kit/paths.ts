import fc from 'fast-check';
import { pagePath } from '../../../src/page-path.js';

const segment = fc.oneof(
  fc.constantFrom(
    'Home',
    'home',
    'A',
    'B',
    'two words',
    'Two_Words',
    'C#',
    'a#b',
    'x (y)',
    '100%',
    'v1.2',
    '[1]',
    'É',
    "it's",
  ),
  fc.constantFrom(
    'map.png',
    'A.md.txt',
    'x=1&amp;y',
    '`code`',
    '%41',
    'مي‌خواهم',
    '日本',
    '-',
    '+1',
    '~',
    '{a}',
    '!b',
    'a,b;c',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
);

/** Paths under which a page may be created. */
export const aPagePath: fc.Arbitrary<string> = fc
  .array(segment, { minLength: 1, maxLength: 3 })
  .map((segments) => segments.join('/'))
  .map((path) => usable(path) ?? 'Home');

/** The path as it is created, or null when it may not be. */
export function usable(path: string): string | null {
  try {
    return pagePath(path);
  } catch {
    return null;
  }
}
