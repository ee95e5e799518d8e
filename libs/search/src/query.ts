import { SearchError } from './search-errors.js';

/** A query taken apart, its words not looked at yet. */
export interface ParsedQuery {
  /** All that is asked, in its own order; without quotes and without what is left out. */
  text: string;
  /** Words in any place; all of them together as one text. */
  words: string;
  phrases: string[];
  /** What no result may have. */
  without: { text: string; isPhrase: boolean }[];
  /** Whether the last word stands at the very end of the query, so that it may go on. */
  isUnfinished: boolean;
}

// A question may be a whole paragraph, or a passage of a page.
const longestQuery = 10_000;
/** In a text of more words than these, quotes are part of what it says and not a demand. */
const mostBesidePhrases = 10;
const quotes = /[“”„‟«»「」『』]/g;
const parts = /(?<=^|\s)-"(?<notPhrase>[^"]+)"|(?<=^|\s)-(?<notWord>[^\s"-]\S*)|"(?<phrase>[^"]+)"|(?<word>[^\s"]+)/g;

/** Takes a query apart: words, "a phrase", -word and -"a phrase". Whatever else it holds is only words. */
export function parseQuery(query: string): ParsedQuery {
  const length = [...query].length;
  if (length > longestQuery)
    throw new SearchError('query-too-long', `A query may have ${longestQuery} characters, this one has ${length}.`, {
      length,
      longest: longestQuery,
    });
  const parsed: ParsedQuery = { text: '', words: '', phrases: [], without: [], isUnfinished: false };
  const words: string[] = [];
  const all: string[] = [];
  const text = query.normalize('NFC').replace(quotes, '"');
  for (const { groups = {}, index, 0: whole } of text.matchAll(parts)) {
    const { notPhrase, notWord, phrase, word } = groups;
    if (notPhrase !== undefined) parsed.without.push({ text: notPhrase, isPhrase: true });
    else if (notWord !== undefined) parsed.without.push({ text: notWord, isPhrase: false });
    else if (phrase !== undefined) parsed.phrases.push(phrase);
    else if (word !== undefined) words.push(word);
    const asked = word ?? phrase;
    if (asked !== undefined) all.push(asked);
    const isAtEnd = index + whole.length === text.length;
    parsed.isUnfinished = word !== undefined && isAtEnd && /[\p{L}\p{N}\p{M}]$/u.test(word);
  }
  const asked = { ...parsed, text: all.join(' ') };
  if (words.length <= mostBesidePhrases) return { ...asked, words: words.join(' ') };
  return { ...asked, words: asked.text, phrases: [] };
}

/** The refusal of a query without anything to look for. */
export const nothingToFind = (): SearchError =>
  new SearchError('query-empty', 'Say at least one word to look for: letters or digits.');
