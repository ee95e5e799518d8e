import type { KeywordCounts, KeywordForm, KeywordTerm, WeighedTerm } from './keyword-port.js';

/** A term with how often it was asked for and in how many pages it is. */
export interface CountedTerm {
  text: string;
  forms: readonly KeywordForm[];
  times: number;
  pages: number;
  /** A phrase: a page without it is no result. */
  isRequired: boolean;
  /** Looked for in place of one that was taken for mistyped. */
  isGuess?: boolean;
}

/** Up to so many words, pages with all of them are the answer if there are enough of them. */
export const mostForAll = 4;
/** So many pages with all words are enough. */
export const enoughWithAll = 10;
/** A word in fewer pages than this may be the beginning of another word. */
export const knownWell = 10;
/** What a page is worth that only has a word beginning like the last one. */
export const shareOfBeginning = 0.4;
/** In a long question, words that no page has are left alone. */
export const mostCorrected = 4;

const mostTerms = 32;
// Rare words choose the pages, common ones only order them; else "the state of x" would rank every page. Each page
// chosen is looked at once for each term.
const mostChosen = 5_000;
const mostLooks = 60_000;

/** How much finding a term says, the more the rarer it is. */
export function rarity(pages: number, all: number): number {
  const inPages = Math.min(pages, all);
  return Math.log(1 + (all - inPages + 0.5) / (inPages + 0.5));
}

/** Each term once; words that say nothing only when there is no other. */
export function tellingTerms(terms: readonly KeywordTerm[]): { term: KeywordTerm; times: number }[] {
  const byText = new Map<string, { term: KeywordTerm; times: number }>();
  const telling = terms.filter(({ isCommon }) => !isCommon);
  for (const term of telling.length > 0 ? telling : terms) {
    const known = byText.get(term.text);
    if (known === undefined) byText.set(term.text, { term, times: 1 });
    else known.times += 1;
  }
  return [...byText.values()];
}

/** A question that only pages with all terms answer. */
export function askForAll(terms: readonly CountedTerm[], { pages }: KeywordCounts): WeighedTerm[] {
  return terms.map((term) => ({ forms: term.forms, weight: weightOf(term, pages), need: 'must' }));
}

/** A question that pages with any of the rarer terms answer; phrases are required even so. */
export function askForAny(terms: readonly CountedTerm[], { pages }: KeywordCounts): WeighedTerm[] {
  const rareFirst = terms.toSorted((one, two) => one.pages - two.pages).slice(0, mostTerms);
  const hasRequired = rareFirst.some(({ isRequired }) => isRequired);
  const budget = Math.min(mostChosen, mostLooks / Math.max(rareFirst.length, 1));
  let chosen = 0;
  return rareFirst.map((term) => {
    const mayChoose = chosen === 0 || chosen + term.pages <= budget;
    if (mayChoose) chosen += term.pages;
    const need = term.isRequired ? 'must' : mayChoose && !hasRequired ? 'may' : 'lift';
    return { forms: term.forms, weight: weightOf(term, pages), need };
  });
}

const weightOf = ({ times, pages }: CountedTerm, all: number) => times * rarity(pages, all);
