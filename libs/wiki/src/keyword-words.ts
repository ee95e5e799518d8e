import { foldWord } from './keyword-folding.js';
import { englishStem } from './keyword-stems.js';

/** A stretch of a text that is searched for as one: a word with its joined parts, a run of unspaced script, a picture. */
export interface CutWord {
  start: number;
  text: string;
  kind: 'word' | 'unspaced' | 'picture';
}

/** One place in a text and all forms under which it is found. */
export interface IndexedWord {
  start: number;
  end: number;
  forms: readonly string[];
}

// Scripts without blanks between words, and Korean, whose particles cling to the word: found by pairs of letters.
// Accents that some of these scripts share with others belong to the letter before them, and make no run of their own.
const unspaced =
  '[\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Hang}\\p{scx=Thai}\\p{scx=Laoo}\\p{scx=Khmr}\\p{scx=Mymr}\\p{scx=Tibt}]--[\u0300-\u036f]';
const invisible = '\\p{Cf}\\p{VS}';
const part = `[[\\p{L}\\p{N}]--[${unspaced}]][[\\p{L}\\p{N}\\p{M}${invisible}]--[${unspaced}]]*`;
// A single `.`, `_` or `-` between letters joins: foo_bar, v1.2.3, 2026-01-02.
const cutter = new RegExp(
  `(?<word>${part}(?:[._\\-]${part})*)|(?<unspaced>[[${unspaced}]&&[\\p{L}\\p{N}\\p{M}]]+)|\\p{Extended_Pictographic}`,
  'gv',
);
const cluster = /\P{M}\p{M}*|\p{M}+/gu;
const isJoined = /[._-]/;
const longestWord = 64;
const longestJoined = 80;

/** Cuts a text (composed, NFC) in time linear in it. */
export function* cutWords(text: string): Generator<CutWord> {
  for (const { index, 0: found, groups } of text.matchAll(cutter)) {
    const kind = groups?.['word'] !== undefined ? 'word' : groups?.['unspaced'] !== undefined ? 'unspaced' : 'picture';
    yield { start: index, text: found, kind };
  }
}

/** The words of a text as the index knows them, each at its place. */
export function* indexedWords(text: string): Generator<IndexedWord> {
  for (const { start, text: cut, kind } of cutWords(text)) {
    if (kind === 'word') yield* isJoined.test(cut) ? partsOf(cut, start) : wordOf(cut, start);
    else if (kind === 'unspaced') yield* pairsOf(cut, start);
    else yield { start, end: start + cut.length, forms: [cut] };
  }
}

/** The folded parts of `foo_bar`; of most words there is one. */
export function foldedParts(word: string): string[] {
  return word
    .split(/[._-]/)
    .map((text) => fold(text, longestWord))
    .filter((text) => text !== '');
}

/** `foo_bar` as one folded word; null when it is not joined, or too long to be looked for as one. */
export function joinedWord(word: string): string | null {
  return isJoined.test(word) && word.length <= longestJoined ? fold(word, longestJoined) : null;
}

/** The letters of a run of unspaced script, each with its marks, folded. */
export function lettersOf(run: string): string[] {
  return Array.from(run.matchAll(cluster), ({ 0: letter }) => foldWord(letter)).filter((letter) => letter !== '');
}

function* wordOf(word: string, start: number): Generator<IndexedWord> {
  const forms = formsOf(word);
  if (forms.length > 0) yield { start, end: start + word.length, forms };
}

function* partsOf(word: string, start: number): Generator<IndexedWord> {
  let joined = joinedWord(word);
  let at = start;
  for (const text of word.split(/[._-]/)) {
    const forms = joined === null ? formsOf(text) : [...formsOf(text), joined];
    joined = null;
    if (forms.length > 0) yield { start: at, end: at + text.length, forms };
    at += text.length + 1;
  }
}

// Few words make up most of any text; what is remembered follows from the word alone.
const remembered = new Map<string, readonly string[]>();
const mostRemembered = 50_000;

/** A plain word as it is written, folded, and its stem. */
function formsOf(word: string): readonly string[] {
  const known = remembered.get(word);
  if (known !== undefined) return known;
  const exact = fold(word, longestWord);
  const stem = englishStem(exact);
  const forms = exact === '' ? [] : stem === exact ? [exact] : [exact, stem];
  if (word.length > longestWord) return forms;
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(word, forms);
  return forms;
}

/** Each letter with the next one, and the last alone, so that every single letter begins some form. */
function* pairsOf(run: string, start: number): Generator<IndexedWord> {
  const letters = Array.from(run.matchAll(cluster), ({ 0: text, index }) => ({
    text: foldWord(text),
    index,
    length: text.length,
  }));
  for (const [place, { text, index, length }] of letters.entries()) {
    // What folding leaves nothing of cannot be looked for.
    if (text === '') continue;
    const next = letters[place + 1];
    yield { start: start + index, end: start + index + length, forms: [next === undefined ? text : text + next.text] };
  }
}

function fold(text: string, longest: number): string {
  // Folding may lengthen or shorten; four times as much is enough to fill the longest word.
  const folded = foldWord(text.length > longest * 4 ? text.slice(0, longest * 4) : text);
  return folded.length <= longest ? folded : [...folded].slice(0, longest).join('');
}
