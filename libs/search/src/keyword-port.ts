import type { Access, WikiId } from '@lib/acl';

/** One word of a text, where it stands, and every form under which the index knows it. */
export interface KeywordWord {
  start: number;
  end: number;
  forms: readonly string[];
}

/** Words next to each other; with `isPrefix` the last one is only the beginning of a word. */
export interface KeywordForm {
  words: readonly string[];
  isPrefix?: boolean;
  /** What a page is worth that has only this form of the term; 1 unless said otherwise. */
  share?: number;
}

/** One thing to look for: a page has it when it has any of its forms. */
export interface KeywordTerm {
  /** As it was asked for, folded. */
  text: string;
  forms: readonly KeywordForm[];
  /** A word like "the", which says nothing of a page. */
  isCommon: boolean;
  /** What finds the words that begin like this one; null where that makes no sense. */
  beginning: KeywordForm | null;
}

/** A term and what finding it is worth. */
export interface WeighedTerm {
  forms: readonly KeywordForm[];
  weight: number;
  /** A result has every `must` and, where there is none, some `may`; a `lift` only makes a result better. */
  need: 'must' | 'may' | 'lift';
}

/** What the index is asked to rank. */
export interface KeywordQuestion {
  terms: readonly WeighedTerm[];
  /** A page that has one of these is no result. */
  without: readonly KeywordTerm[];
  /** Pages that are called exactly so come first. */
  name: string;
  /** Mean number of words of a page, against which long pages are measured. */
  meanWords: number;
}

/** The pages a search looks among. */
export interface KeywordNarrowing {
  prefix?: string | undefined;
  category?: string | undefined;
  tag?: string | undefined;
  /** Username of who made the last change. */
  author?: string | undefined;
  /** When the last change was made, in ISO 8601 and in UTC without a zone: not before, and not after; a day is all of it. */
  since?: string | undefined;
  until?: string | undefined;
}

/** A page that was found. */
export interface KeywordHit {
  path: string;
  name: string;
  revision: string | null;
  /** Between 0 and 1. */
  score: number;
  /** It is called just what was asked for. */
  isNamed: boolean;
}

/** The text of a page that was found, for its snippet. */
export interface KeywordText {
  path: string;
  text: string;
  /** Where the frontmatter ends and the page begins. */
  from: number;
  sections: readonly { title: string; path: string; start: number }[];
}

/** How common words are among the pages that the asker reaches. */
export interface KeywordCounts {
  pages: number;
  meanWords: number;
  /** For each term, in how many pages it occurs. */
  each: readonly number[];
}

/** What search asks of the keyword tables. Whatever it answers is within the reach of the access. */
export interface KeywordPort {
  /** The words of a text, in order. */
  words(text: string): Iterable<KeywordWord>;
  /** What to look for when someone asks for these words. */
  terms(text: string): KeywordTerm[];
  /** These words, next to each other and as they are written; null when there is none. */
  phrase(text: string): KeywordTerm | null;
  /** How a page must be called to have exactly this name. */
  nameKey(text: string): string;
  counts(access: Access<'search.use'>, terms: readonly KeywordTerm[]): Promise<KeywordCounts>;
  /** What to look for instead of a term that no page has: words spelled almost so, or parts of it. */
  instead(access: Access<'search.use'>, term: KeywordTerm): Promise<KeywordTerm[]>;
  rank(
    access: Access<'search.use'>,
    question: KeywordQuestion,
    among: KeywordNarrowing,
    part: { limit: number; offset: number },
  ): Promise<{ hits: KeywordHit[]; total: number }>;
  texts(access: Access<'search.use'>, paths: readonly string[]): Promise<KeywordText[]>;
  /** Those of the pages that have any of the terms. */
  having(access: Access<'search.use'>, terms: readonly KeywordTerm[], paths: readonly string[]): Promise<string[]>;
  /** The commit up to which the tables were read, and how many commits of the wiki came after it. */
  status(wiki: WikiId): Promise<{ commit: string | null; behind: number }>;
}
