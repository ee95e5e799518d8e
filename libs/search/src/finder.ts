import type { Access } from '@lib/acl';
import { type Hit, Shown } from './hits.js';
import { byWordsOnly, HybridSearch, type List } from './hybrid-search.js';
import type { KeywordNarrowing, KeywordPort } from './keyword-port.js';
import type { MeaningSearch } from './meaning-search.js';
import type { ParsedQuery } from './query.js';
import { reasons } from './reasons.js';
import { SearchError } from './search-errors.js';
import { WordSearch } from './word-search.js';

/** How a search is to be answered: by words, by meaning, or by both. */
export type SearchMode = 'keyword' | 'hybrid' | 'semantic';

/** Which part of which list is wanted. */
export interface Asked extends KeywordNarrowing {
  mode: SearchMode;
  limit?: number | undefined;
  offset?: number | undefined;
  chunksPerPage?: number | undefined;
}

/** What was found, and in which way. */
export interface Answer {
  mode: SearchMode;
  /** Why that is not the mode asked for. */
  reason?: string;
  results: Hit[];
  total: number;
  /** The commit up to which vectors were read that had, or could have had, a say; null when there are none. */
  position: string | null;
  /** Whether meanings were asked, or would have been if any were there. */
  hasMeaning: boolean;
}

const usualLimit = 20;
const mostAtOnce = 100;
const lastOffset = 10_000;

/** Finds pages of the wiki as it is, or as it was once. */
export class Finder {
  private readonly byWords: WordSearch;
  private readonly hybrid: HybridSearch | null;
  private readonly shown: Shown;

  constructor(index: KeywordPort, meaning: MeaningSearch | null) {
    this.byWords = new WordSearch(index);
    this.hybrid = meaning && new HybridSearch(index, this.byWords, meaning);
    this.shown = new Shown(index);
  }

  async find(access: Access<'search.use'>, parsed: ParsedQuery, asked: Asked): Promise<Answer> {
    const { list, reason } = await this.list(access, parsed, asked);
    const results = await this.shown.hits(access, list.hits, list.terms);
    const { total, position } = list;
    const hasMeaning = asked.mode !== 'keyword' && (reason === undefined || reason === reasons.unread);
    const mode = reason === undefined ? asked.mode : 'keyword';
    return { mode, ...(reason && { reason }), results, total, position, hasMeaning };
  }

  private async list(
    access: Access<'search.use'>,
    parsed: ParsedQuery,
    { mode, limit = usualLimit, offset = 0, chunksPerPage = 1, ...asked }: Asked,
  ): Promise<{ list: List; reason?: string }> {
    const { prefix, category, tag, author, since, until } = asked;
    const among = { prefix, category, tag, author, since, until };
    const part = { limit: clamped(limit, 1, mostAtOnce), offset: clamped(offset, 0, lastOffset) };
    const keyword = async (): Promise<List> => {
      const { hits, total, terms } = await this.byWords.find(access, parsed, among, part);
      return { hits: byWordsOnly(hits, part.offset), total, terms, position: null, isRead: false };
    };
    if (mode === 'keyword') return { list: await keyword() };
    if (this.hybrid === null) return { list: await keyword(), reason: reasons.off };
    try {
      const list =
        mode === 'semantic'
          ? await this.hybrid.nearest(access, parsed, among, { ...part, perPage: clamped(chunksPerPage, 1, 5) })
          : await this.hybrid.both(access, parsed, among, part);
      return list.isRead ? { list } : { list: await keyword(), reason: reasons.unread };
    } catch (error) {
      if (!(error instanceof SearchError && error.code === 'meaning-unavailable')) throw error;
      return { list: await keyword(), reason: reasons.unavailable };
    }
  }
}

const clamped = (number: number, least: number, most: number) => Math.min(Math.max(Math.trunc(number), least), most);
