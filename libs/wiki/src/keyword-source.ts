import type { Access } from '@lib/acl';
import type { EntityManager } from 'typeorm';
import { type Parameters, withinReach } from './keyword-reach.js';
import { among, type Narrowing } from './narrowing.js';

/** Which rows are wanted, and what of them; `k` stands for a row in both. */
export interface Wanted {
  columns: string;
  /** SQL that is true for the rows wanted. */
  condition: string;
  narrowing?: Narrowing;
}

/** The rows that words are looked for in: those of the present, or of a moment in the past. */
export interface KeywordSource {
  /** Whether it is prepared in how many pages each word is. */
  readonly hasCounts: boolean;
  /** SQL that selects from one of the tables, by the columns that both sides of time have. */
  select(table: 'keyword_pages' | 'pages', wanted: Wanted, parameters: Parameters): string;
  /** SQL that selects how many pages there are, and how many words all of them together. */
  totals(access: Access, parameters: Parameters): string;
  /** SQL that selects the words of so many letters (word, pages, spelling). */
  words(access: Access, letters: Letters, parameters: Parameters): string;
}

/** How many letters a word has at the least and at the most. */
export type Letters = readonly [number, number];

/** The rows, and where they are. */
export interface KeywordRows {
  manager: EntityManager;
  source: KeywordSource;
}

/** The wiki as its catalogue has it. */
export const present: KeywordSource = {
  hasCounts: true,

  select: (table, { columns, condition, narrowing = {} }, parameters) =>
    `SELECT ${columns} FROM ${table} k WHERE ${condition} AND ${among(narrowing, 'k', parameters)}`,

  totals: (access, parameters) =>
    access.paths === null
      ? `SELECT pages, words::float8 AS words FROM keyword_totals k WHERE ${withinReach(access, 'k', parameters)}`
      : countedTotals(present, access, parameters),

  words: (access, letters, parameters) =>
    `SELECT word, pages, spelling FROM keyword_words
      WHERE wiki = ${parameters.add(access.wiki.id)}::uuid AND pages > 0 AND ${hasLetters(letters, parameters)}`,
};

/** SQL that is true for a `word` of so many letters. */
export function hasLetters([least, most]: Letters, parameters: Parameters): string {
  return `char_length(word) BETWEEN ${parameters.add(least)}::int AND ${parameters.add(most)}::int`;
}

/** SQL of totals, counted page by page. */
export function countedTotals(source: KeywordSource, access: Access, parameters: Parameters): string {
  const wanted = { columns: 'k.words', condition: withinReach(access, 'k', parameters) };
  const rows = source.select('keyword_pages', wanted, parameters);
  return `SELECT count(*)::int AS pages, sum(words)::float8 AS words FROM (${rows}) k`;
}
