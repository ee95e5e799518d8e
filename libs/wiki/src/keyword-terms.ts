import type { KeywordForm, KeywordTerm } from '@lib/search';
import { englishStem } from './keyword-stems.js';
import { cutWords, foldedParts, indexedWords, joinedWord, lettersOf, type CutWord } from './keyword-words.js';

const common = new Set(
  (
    'i me my myself we our ours ourselves you your yours yourself he him his himself she her hers herself it its ' +
    'itself they them their theirs themselves what which who whom this that these those am is are was were be been ' +
    'being have has had having do does did doing a an the and but if or because as until while of at by for with ' +
    'about against between into through during before after above below to from up down in out on off over under ' +
    'again further then once here there when where why how all any both each few more most other some such no nor ' +
    'not only own same so than too very s t can will just don should now'
  ).split(' '),
);

const isIdentifier = /[._]/;
const shareOfParts = 0.5;

/** What to look for when someone asks for these words. */
export function termsOf(text: string): KeywordTerm[] {
  return Array.from(cutWords(text.normalize('NFC')), termOf).filter(({ forms }) => forms.length > 0);
}

/** These words next to each other, not reduced to their stems; null when there is no word. */
export function phraseOf(text: string): KeywordTerm | null {
  const composed = text.normalize('NFC');
  const words = Array.from(indexedWords(composed), ({ forms }) => forms[0] ?? '');
  if (words.length === 0) return null;
  const form = endsUnspaced(composed) ? withoutLastLetter(words) : { words };
  return { text: words.join(' '), forms: [form], isCommon: false, beginning: null };
}

const endsUnspaced = (text: string) => [...cutWords(text)].at(-1)?.kind === 'unspaced';

/** In the index the last letter of a run stands alone, but the page may go on where the phrase ends. */
function withoutLastLetter(words: string[]): KeywordForm {
  const isOneLetter = words.length === 1;
  return isOneLetter ? { words, isPrefix: true } : { words: words.slice(0, -1) };
}

function termOf(cut: CutWord): KeywordTerm {
  if (cut.kind === 'unspaced') return runTerm(cut.text);
  if (cut.kind === 'picture')
    return { text: cut.text, forms: [{ words: [cut.text] }], isCommon: false, beginning: null };
  const parts = foldedParts(cut.text);
  const joined = joinedWord(cut.text);
  const [first = ''] = parts;
  if (parts.length === 1 && joined === null)
    return {
      text: first,
      forms: [{ words: [englishStem(first)] }],
      isCommon: common.has(first),
      beginning: beginning(first),
    };
  // `FOAM_WORKSPACE` is first of all the name itself; `real-time` may as well be written with a blank.
  const share = isIdentifier.test(cut.text) ? { share: shareOfParts } : {};
  const forms: KeywordForm[] = parts.length === 0 ? [] : [{ words: parts, ...share }];
  if (joined !== null) forms.unshift({ words: [joined] });
  const text = joined ?? parts.join(' ');
  return { text, forms, isCommon: false, beginning: joined === null ? null : beginning(joined) };
}

/** One letter begins too many words. */
const beginning = (word: string): KeywordForm | null => (word.length < 2 ? null : { words: [word], isPrefix: true });

function runTerm(run: string): KeywordTerm {
  const letters = lettersOf(run);
  const text = letters.join('');
  const form = letters.length === 1 ? { words: letters, isPrefix: true } : { words: pairs(letters) };
  return { text, forms: [form], isCommon: false, beginning: null };
}

/** What to look for when a run of unspaced script was not found as a whole: each pair of its letters. */
export function pairTerms(text: string): KeywordTerm[] {
  const cuts = [...cutWords(text)];
  if (cuts.length !== 1 || cuts[0]?.kind !== 'unspaced') return [];
  return pairs(lettersOf(text)).map((pair) => ({
    text: pair,
    forms: [{ words: [pair] }],
    isCommon: false,
    beginning: null,
  }));
}

const pairs = (letters: readonly string[]) => letters.slice(1).map((letter, place) => `${letters[place]}${letter}`);
