import type { Access } from '@lib/acl';
import type {
  KeywordCounts,
  KeywordHit,
  KeywordNarrowing,
  KeywordPort,
  KeywordTerm,
  WeighedTerm,
} from './keyword-port.js';
import {
  askForAll,
  askForAny,
  enoughWithAll,
  knownWell,
  mostCorrected,
  mostForAll,
  rarity,
  shareOfBeginning,
  tellingTerms,
  type CountedTerm,
} from './plan.js';
import { nothingToFind, type ParsedQuery } from './query.js';

/** The pages found by words, and what they were found by. */
export interface FoundByWords {
  hits: KeywordHit[];
  total: number;
  terms: readonly WeighedTerm[];
  /** Between 0 and 1: how much the best page says of what was asked for, whatever the others say. */
  voice: number;
  /** No page has any of the words as they were asked for: what was found, if anything, has words spelled like them. */
  isGuessed: boolean;
}

interface Asked {
  term: KeywordTerm;
  times: number;
  isRequired: boolean;
  mayGoOn: boolean;
}

/** Finds pages by their words. */
export class WordSearch {
  constructor(private readonly index: KeywordPort) {}

  async find(
    access: Access<'search.use'>,
    query: ParsedQuery,
    among: KeywordNarrowing,
    part: { limit: number; offset: number },
  ): Promise<FoundByWords> {
    const asked = this.asked(query);
    if (asked.length === 0) throw nothingToFind();
    const { terms, counts } = await this.counted(access, asked);
    const isGuessed = terms.every(({ isGuess, pages }) => isGuess === true || pages === 0);
    const without = query.without.flatMap((left) => this.excluded(left));
    const name = this.index.nameKey([query.words, ...query.phrases].join(' '));
    const ask = async (weighed: WeighedTerm[]) => {
      const question = { terms: weighed, without, name, meanWords: counts.meanWords };
      const ranked = await this.index.rank(access, question, among, part);
      return { ...ranked, terms: weighed, voice: voiceOf(ranked.hits[0], weighed, counts), isGuessed };
    };
    if (terms.length > mostForAll) return ask(askForAny(terms, counts));
    const withAll = await ask(askForAll(terms, counts));
    const isEnough = terms.length === 1 || withAll.total >= enoughWithAll;
    return isEnough ? withAll : ask(askForAny(terms, counts));
  }

  private asked({ words, phrases, isUnfinished }: ParsedQuery): Asked[] {
    const terms = this.index.terms(words);
    const last = isUnfinished ? terms.at(-1)?.text : undefined;
    const required = phrases.map((text) => this.index.phrase(text)).filter((term) => term !== null);
    const telling = required.length > 0 ? terms.filter(({ isCommon }) => !isCommon) : terms;
    return [
      ...required.map((term) => ({ term, times: 1, isRequired: true, mayGoOn: false })),
      ...tellingTerms(telling).map((told) => ({ ...told, isRequired: false, mayGoOn: told.term.text === last })),
    ];
  }

  /** What a page may not have, when this was left out of a query. */
  excluded({ text, isPhrase }: ParsedQuery['without'][number]): KeywordTerm[] {
    if (!isPhrase) return this.index.terms(text);
    const phrase = this.index.phrase(text);
    return phrase === null ? [] : [phrase];
  }

  private async counted(access: Access<'search.use'>, asked: readonly Asked[]) {
    const required = asked.filter(({ isRequired }) => isRequired);
    const others = asked.filter(({ isRequired }) => !isRequired);
    const counts = await this.index.counts(access, termsOf(others));
    // A phrase says what is wanted most: it weighs as a rare word does, without the work of counting it.
    const terms = required.map(({ term, times }): CountedTerm => ({ ...term, times, pages: 1, isRequired: true }));
    const unknown = counts.each.filter((pages) => pages === 0).length;
    for (const [place, one] of others.entries()) {
      terms.push(...(await this.widened(access, one, counts.each[place] ?? 0, unknown <= mostCorrected)));
    }
    return { terms, counts };
  }

  /** A last word that few pages have may be the beginning of another; a word that no page has may be mistyped. */
  private async widened(
    access: Access<'search.use'>,
    asked: Asked,
    pages: number,
    mayCorrect: boolean,
  ): Promise<CountedTerm[]> {
    const { term, times, mayGoOn } = asked;
    if (mayGoOn && term.beginning !== null && pages < knownWell) {
      const forms = [...term.forms, { ...term.beginning, share: shareOfBeginning }];
      const [counted] = await this.recounted(access, [{ ...term, forms }], asked);
      if (counted !== undefined && counted.pages > 0) return [counted];
    }
    const found = { text: term.text, forms: term.forms, times, pages, isRequired: false };
    if (pages > 0 || !mayCorrect) return [found];
    const instead = await this.recounted(access, await this.index.instead(access, term), asked);
    const known = instead.filter((other) => other.pages > 0);
    return known.length > 0 ? known.map((other) => ({ ...other, isGuess: true })) : [found];
  }

  private async recounted(access: Access<'search.use'>, terms: readonly KeywordTerm[], { times }: Asked) {
    if (terms.length === 0) return [];
    const { each }: KeywordCounts = await this.index.counts(access, terms);
    return terms.map(({ text, forms }, place): CountedTerm => {
      return { text, forms, times, pages: each[place] ?? 0, isRequired: false };
    });
  }
}

/**
 * A list speaks up when its best page has nearly all that was asked for, or words that together are worth one that no page
 * has: two common words of a question are no evidence, many are.
 */
function voiceOf(best: KeywordHit | undefined, terms: readonly WeighedTerm[], { pages }: KeywordCounts): number {
  if (best === undefined) return 0;
  const worth = terms.reduce((sum, { weight }) => sum + weight, 0);
  return Math.min(best.score * Math.max(1, worth / rarity(0, pages)), 1);
}

const termsOf = (asked: readonly Asked[]): KeywordTerm[] => asked.map(({ term }) => term);
