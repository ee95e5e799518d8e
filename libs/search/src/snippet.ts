import type { KeywordPort, KeywordText, WeighedTerm } from './keyword-port.js';

/** A piece of a page around the best match, and where that is. */
export interface Snippet {
  snippet: string;
  /** Start and end of the words in it that were looked for, in UTF-16 code units. */
  marks: [start: number, end: number][];
  section: string | null;
  sectionPath: string | null;
}

interface Match {
  start: number;
  end: number;
  term: number;
}

const before = 50;
const after = 150;
// A cut moves to a blank if there is one within so many characters.
const toBlank = 20;
// Of a longer page only the beginning is looked through.
const mostLookedAt = 300_000;

/** Cuts the place out of a page in which most of what was asked for stands together. */
export function snippetOf(page: KeywordText, terms: readonly WeighedTerm[], words: KeywordPort['words']): Snippet {
  const body = page.text.slice(page.from, page.from + mostLookedAt);
  const match = bestMatch(matchesIn(body, terms, words), terms);
  if (match === null) return { snippet: cut(body, 0, before + after), marks: [], section: null, sectionPath: null };
  const section = page.sections.findLast(({ start }) => start <= page.from + match.start);
  const snippet = cut(body, match.start - before, match.end + after);
  return {
    snippet,
    marks: matchesIn(snippet, terms, words).map(({ start, end }) => [start, end]),
    section: section?.title ?? null,
    sectionPath: section?.path ?? null,
  };
}

/** The words of a text that some term looks for, in order. */
function matchesIn(text: string, terms: readonly WeighedTerm[], words: KeywordPort['words']): Match[] {
  const wanted = new Map<string, number>();
  const beginnings: { beginning: string; term: number }[] = [];
  for (const [term, { forms }] of terms.entries()) {
    for (const form of forms) {
      for (const word of form.words) if (!wanted.has(word)) wanted.set(word, term);
      if (form.isPrefix === true) beginnings.push({ beginning: form.words.at(-1) ?? '', term });
    }
  }
  const matches: Match[] = [];
  for (const { start, end, forms } of words(text)) {
    const term = termOf(forms);
    if (term !== undefined) matches.push({ start, end, term });
  }
  return matches;

  function termOf(forms: readonly string[]): number | undefined {
    for (const form of forms) {
      const term = wanted.get(form);
      if (term !== undefined) return term;
    }
    return beginnings.find(({ beginning }) => forms.some((form) => form.startsWith(beginning)))?.term;
  }
}

/** The match from which on, in the length of a snippet, the most is found; the first of the best. */
function bestMatch(matches: readonly Match[], terms: readonly WeighedTerm[]): Match | null {
  const here = new Map<number, number>();
  let best: Match | null = null;
  let [bestWorth, worth, next] = [0, 0, 0];
  for (const match of matches) {
    for (let other = matches[next]; other !== undefined && other.end <= match.end + after; other = matches[++next]) {
      worth += change(other.term, 1);
    }
    // Sums of the same weights in another order differ by a rounding.
    if (worth > bestWorth + 1e-9) [best, bestWorth] = [match, worth];
    worth += change(match.term, -1);
  }
  return best ?? matches[0] ?? null;

  /** A term counts in full once, and a little for each time again. */
  function change(term: number, by: 1 | -1): number {
    const count = here.get(term) ?? 0;
    here.set(term, count + by);
    const weight = terms[term]?.weight ?? 0;
    const others = by === 1 ? count : count - 1;
    return by * weight * (others === 0 ? 1 : 0.01);
  }
}

function cut(text: string, from: number, to: number): string {
  const start = from <= 0 ? 0 : startNear(text, from);
  const end = to >= text.length ? text.length : endNear(text, to);
  const piece = text.slice(start, end).replace(/\s+/gu, ' ').trim();
  const isCutBefore = text.slice(0, start).trim() !== '';
  const isCutAfter = text.slice(end).trim() !== '';
  return `${isCutBefore ? '…' : ''}${piece}${isCutAfter ? '…' : ''}`;
}

function startNear(text: string, from: number): number {
  const blank = text.slice(from, from + toBlank).search(/\s/);
  return blank === -1 ? wholeCharacter(text, from) : from + blank;
}

function endNear(text: string, to: number): number {
  const blank = /\s\S*$/.exec(text.slice(to - toBlank, to));
  return blank === null ? wholeCharacter(text, to) : to - toBlank + blank.index;
}

/** Moves a cut forward behind marks and second halves, so that no character is torn apart. */
function wholeCharacter(text: string, from: number): number {
  let at = from;
  while (at < text.length && at < from + 16 && /^[\p{M}\u200D\uDC00-\uDFFF]/u.test(text.slice(at, at + 2))) at += 1;
  return at;
}
