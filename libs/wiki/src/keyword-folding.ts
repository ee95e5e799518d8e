const ascii = /^[\x00-\x7f]*$/;

// Accents of alphabets, vowel points of Hebrew and Arabic, and what nobody sees. Vowel signs of Indic scripts, Thai
// and the voicing marks of kana make other words, so they stay.
const dropped =
  /[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u1ab0-\u1ace\u1dc0-\u1dff\p{Cf}\p{VS}]|\u0640|\u0670/gu;
// Letters that are not a plain letter with an accent, though people type the plain one.
const plain: Record<string, string> = { ø: 'o', đ: 'd', ł: 'l', ħ: 'h', ı: 'i', æ: 'ae', œ: 'oe', þ: 'th', ð: 'd' };
const odd = /[øđłħıæœþð]/g;

/** A word as the index knows it: case, accents, width and ligatures make no difference. */
export function foldWord(word: string): string {
  if (ascii.test(word)) return word.toLowerCase();
  const folded = word.normalize('NFKD').toUpperCase().toLowerCase().replaceAll('ς', 'σ');
  return folded
    .replace(dropped, '')
    .replace(odd, (letter) => plain[letter] ?? letter)
    .normalize('NFC');
}
