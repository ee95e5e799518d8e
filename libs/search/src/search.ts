import type { Access } from '@lib/acl';
import type { KeywordHit, KeywordNarrowing, KeywordPort, WeighedTerm } from './keyword-port.js';
import { parseQuery } from './query.js';
import { snippetOf } from './snippet.js';
import { WordSearch } from './word-search.js';

/** How a search is to be answered: by words, by meaning, or by both. */
export type SearchMode = 'keyword' | 'hybrid' | 'semantic';

/** What someone searches for, and among which pages. */
export interface SearchQuery extends KeywordNarrowing {
  query: string;
  mode?: SearchMode | undefined;
  limit?: number | undefined;
  offset?: number | undefined;
}

/** One page that was found. */
export interface Hit {
  name: string;
  path: string;
  /** Plain text, cut out of the page around the best match. */
  snippet: string;
  /** Between 0 and 1. */
  score: number;
  /** The heading under which the best match lies. */
  section?: string | null;
  /** The headings above it too, joined with ` > `. */
  sectionPath?: string | null;
  revision?: string | null;
}

/** The answer to a search. */
export interface Found {
  /** How it was answered. */
  mode: SearchMode;
  /** Why that is not the mode asked for. */
  reason?: string;
  results: Hit[];
  total: number;
  /** How many commits the index is behind the wiki. */
  behind: number;
}

const usualLimit = 20;
const mostAtOnce = 100;
const lastOffset = 10_000;
const noMeaning = 'Search by meaning is not available on this server, so the words of the query were looked for.';

/** Finds the pages of a wiki. */
export class Search {
  private readonly index: KeywordPort;
  private readonly byWords: WordSearch;

  constructor({ index }: { index: KeywordPort }) {
    this.index = index;
    this.byWords = new WordSearch(index);
  }

  async find(access: Access<'search.use'>, asked: SearchQuery): Promise<Found> {
    const { query, mode = 'keyword', limit = usualLimit, offset = 0, ...among } = asked;
    const parsed = parseQuery(query);
    const part = { limit: clamped(limit, 1, mostAtOnce), offset: clamped(offset, 0, lastOffset) };
    const { behind } = await this.index.status(access.wiki.id);
    const { hits, total, terms } = await this.byWords.find(access, parsed, among, part);
    const results = await this.shown(access, hits, terms);
    return { mode: 'keyword', ...(mode !== 'keyword' && { reason: noMeaning }), results, total, behind };
  }

  private async shown(access: Access<'search.use'>, hits: KeywordHit[], terms: readonly WeighedTerm[]): Promise<Hit[]> {
    const paths = hits.map(({ path }) => path);
    const texts = new Map((await this.index.texts(access, paths)).map((text) => [text.path, text]));
    return hits.map((hit) => {
      const text = texts.get(hit.path);
      const words = (body: string) => this.index.words(body);
      const found =
        text === undefined ? { snippet: '', section: null, sectionPath: null } : snippetOf(text, terms, words);
      return { ...hit, ...found };
    });
  }
}

const clamped = (number: number, least: number, most: number) => Math.min(Math.max(Math.trunc(number), least), most);
