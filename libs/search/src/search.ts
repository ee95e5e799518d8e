import type { Access } from '@lib/acl';
import { type Hit, Shown } from './hits.js';
import { byWordsOnly, HybridSearch, type List } from './hybrid-search.js';
import type { IndexLag, IndexState } from './index-lag.js';
import type { KeywordNarrowing, KeywordPort } from './keyword-port.js';
import type { MeaningSearch } from './meaning-search.js';
import { parseQuery, type ParsedQuery } from './query.js';
import type { NearPage, RelatedPages } from './related-pages.js';
import { SearchError } from './search-errors.js';
import { WordSearch } from './word-search.js';

/** How a search is to be answered: by words, by meaning, or by both. */
export type SearchMode = 'keyword' | 'hybrid' | 'semantic';

/** What someone searches for, and among which pages. */
export interface SearchQuery extends KeywordNarrowing {
  query: string;
  mode?: SearchMode | undefined;
  limit?: number | undefined;
  offset?: number | undefined;
  /** By meaning alone, so many chunks of one page may be found. */
  chunksPerPage?: number | undefined;
  /** So many milliseconds the search waits for what was written before it. */
  waitIndexMs?: number | undefined;
}

/** The answer to a search. */
export interface Found {
  /** How it was answered. */
  mode: SearchMode;
  /** Why that is not the mode asked for. */
  reason?: string;
  results: Hit[];
  total: number;
  /** The commit up to which words were read, and how many commits came after it. */
  position: string | null;
  behind: number;
  /** The same for meanings, in commits behind the words; null when these had no say. */
  meaning: IndexState | null;
}

/** What makes meanings searchable, where the server has it. */
export interface Meaning {
  related: RelatedPages;
  search: MeaningSearch;
  lag: IndexLag;
}

const usualLimit = 20;
const mostAtOnce = 100;
const lastOffset = 10_000;
const mostAlike = 3;
const longestWaitMs = 25_000;
const off = 'Search by meaning is off on this server, so the words of the query were looked for.';
const unavailable = 'Search by meaning is not available at the moment, so the words of the query were looked for.';
const unread = 'The pages were not read for their meaning yet, so the words of the query were looked for.';

/** Finds the pages of a wiki. */
export class Search {
  private readonly index: KeywordPort;
  private readonly meaning: Meaning | null;
  private readonly byWords: WordSearch;
  private readonly hybrid: HybridSearch | null;
  private readonly shown: Shown;

  constructor({ index, meaning }: { index: KeywordPort; meaning: Meaning | null }) {
    this.index = index;
    this.meaning = meaning;
    this.byWords = new WordSearch(index);
    this.hybrid = meaning && new HybridSearch(index, this.byWords, meaning.search);
    this.shown = new Shown(index);
  }

  /**
   * The pages that answer a query, best first. Where meanings cannot be searched the words are, and `reason` says so.
   * Throws `query-empty` and `query-too-long`.
   */
  async find(access: Access<'search.use'>, asked: SearchQuery): Promise<Found> {
    const { query, mode = 'hybrid', waitIndexMs = 0 } = asked;
    const parsed = parseQuery(query);
    const wiki = access.wiki.id;
    const { commit, behind } = await this.index.status(wiki);
    await this.meaning?.lag.wait(wiki, commit, Math.min(waitIndexMs, longestWaitMs));
    const { list, reason } = await this.list(access, parsed, { ...asked, mode });
    const results = await this.shown.hits(access, list.hits, list.terms);
    const isAsked = mode !== 'keyword' && (reason === undefined || reason === unread);
    const meaning = this.meaning && isAsked ? await this.meaning.lag.of(wiki, commit, list.position) : null;
    const answeredBy = reason === undefined ? mode : 'keyword';
    return {
      mode: answeredBy,
      ...(reason && { reason }),
      results,
      total: list.total,
      position: commit,
      behind,
      meaning,
    };
  }

  /** Pages about the same as one that is there, nearest first. Throws `meaning-unavailable` where meanings cannot be searched. */
  async related(access: Access<'search.use'>, path: string, limit: number): Promise<NearPage[]> {
    if (this.meaning === null) throw new SearchError('meaning-unavailable', 'Search by meaning is off on this server.');
    return this.meaning.related.of(access, path, limit);
  }

  /** Pages that say about the same as a page that is about to be created; none where that cannot be told in time. */
  async alike(access: Access<'search.use'>, path: string, text: string): Promise<NearPage[]> {
    return (await this.meaning?.related.alike(access, path, text, mostAlike)) ?? [];
  }

  private async list(
    access: Access<'search.use'>,
    parsed: ParsedQuery,
    { mode, limit = usualLimit, offset = 0, chunksPerPage = 1, ...asked }: SearchQuery,
  ): Promise<{ list: List; reason?: string }> {
    const { prefix, category, tag, author, since, until } = asked;
    const among = { prefix, category, tag, author, since, until };
    const part = { limit: clamped(limit, 1, mostAtOnce), offset: clamped(offset, 0, lastOffset) };
    const keyword = async (): Promise<List> => {
      const { hits, total, terms } = await this.byWords.find(access, parsed, among, part);
      return { hits: byWordsOnly(hits, part.offset), total, terms, position: null };
    };
    if (mode === 'keyword') return { list: await keyword() };
    if (this.hybrid === null) return { list: await keyword(), reason: off };
    try {
      const list =
        mode === 'semantic'
          ? await this.hybrid.nearest(access, parsed, among, { ...part, perPage: clamped(chunksPerPage, 1, 5) })
          : await this.hybrid.both(access, parsed, among, part);
      return list.position === null ? { list: await keyword(), reason: unread } : { list };
    } catch (error) {
      if (!(error instanceof SearchError && error.code === 'meaning-unavailable')) throw error;
      return { list: await keyword(), reason: unavailable };
    }
  }
}

const clamped = (number: number, least: number, most: number) => Math.min(Math.max(Math.trunc(number), least), most);
