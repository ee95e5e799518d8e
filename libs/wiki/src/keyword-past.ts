import type { Access, WikiId } from '@lib/acl';
import type { KeywordNarrowing, KeywordPort, KeywordQuestion, KeywordTerm } from '@lib/search';
import { KeywordIndex, type KeywordIndexOptions } from './keyword-index.js';
import type { KeywordSource } from './keyword-source.js';

/** Does some work on the rows of a moment in the past, again if these were not all there, or moved on under it. */
export type OnPast = <T>(access: Access, work: (source: KeywordSource) => Promise<T>) => Promise<T>;

/** Answers what search asks, as the pages were at a commit. */
export class KeywordPast implements KeywordPort {
  private readonly present: KeywordIndex;

  constructor(
    private readonly options: KeywordIndexOptions,
    private readonly onPast: OnPast,
  ) {
    this.present = new KeywordIndex(options);
  }

  words(text: string) {
    return this.present.words(text);
  }

  terms(text: string) {
    return this.present.terms(text);
  }

  phrase(text: string) {
    return this.present.phrase(text);
  }

  nameKey(text: string) {
    return this.present.nameKey(text);
  }

  counts(access: Access<'search.use'>, terms: readonly KeywordTerm[]) {
    return this.ask(access, (index) => index.counts(access, terms));
  }

  instead(access: Access<'search.use'>, term: KeywordTerm) {
    return this.ask(access, (index) => index.instead(access, term));
  }

  rank(
    access: Access<'search.use'>,
    question: KeywordQuestion,
    among: KeywordNarrowing,
    part: { limit: number; offset: number },
  ) {
    return this.ask(access, (index) => index.rank(access, question, among, part));
  }

  texts(access: Access<'search.use'>, paths: readonly string[]) {
    return this.ask(access, (index) => index.texts(access, paths));
  }

  having(access: Access<'search.use'>, terms: readonly KeywordTerm[], paths: readonly string[]) {
    return this.ask(access, (index) => index.having(access, terms, paths));
  }

  status(wiki: WikiId) {
    return this.present.status(wiki);
  }

  private ask<T>(access: Access, work: (index: KeywordIndex) => Promise<T>): Promise<T> {
    return this.onPast(access, (source) => work(new KeywordIndex(this.options, source)));
  }
}
