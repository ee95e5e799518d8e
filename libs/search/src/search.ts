import type { Access } from '@lib/acl';
import { Finder, type SearchMode } from './finder.js';
import type { Hit } from './hits.js';
import type { IndexLag, IndexState } from './index-lag.js';
import type { KeywordNarrowing, KeywordPort } from './keyword-port.js';
import type { MeaningSearch } from './meaning-search.js';
import type { PastPort } from './past-port.js';
import { parseQuery } from './query.js';
import type { NearPage, RelatedPages } from './related-pages.js';
import { SearchError } from './search-errors.js';

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
  /** A revision, or a date in ISO 8601: the wiki is searched as it was then. */
  at?: string | undefined;
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
  /** The commit as of which the wiki was searched, if it was asked for: null when there was nothing yet. */
  at?: string | null;
}

/** Pages that are about the same as one. */
export interface Related {
  pages: NearPage[];
  /** Why there are none, when they were not looked for. */
  reason?: string;
}

/** What makes meanings searchable, where the server has it. */
export interface Meaning {
  related: RelatedPages;
  search: MeaningSearch;
  lag: IndexLag;
}

const mostAlike = 3;
const longestWaitMs = 25_000;

/** Finds the pages of a wiki. */
export class Search {
  private readonly index: KeywordPort;
  private readonly meaning: Meaning | null;
  private readonly past: PastPort;
  private readonly present: Finder;

  constructor({ index, meaning, past }: { index: KeywordPort; meaning: Meaning | null; past: PastPort }) {
    this.index = index;
    this.meaning = meaning;
    this.past = past;
    this.present = new Finder(index, meaning && meaning.search);
  }

  /**
   * The pages that answer a query, best first. Where meanings cannot be searched the words are, and `reason` says so.
   * Throws `query-empty` and `query-too-long`, and what a revision or a date may be refused with.
   */
  async find(access: Access<'search.use'>, asked: SearchQuery): Promise<Found> {
    const { query, mode = 'hybrid', waitIndexMs = 0 } = asked;
    const parsed = parseQuery(query);
    const wiki = access.wiki.id;
    const { commit, behind } = await this.index.status(wiki);
    await this.meaning?.lag.wait(wiki, commit, Math.min(waitIndexMs, longestWaitMs));
    const { finder, ...at } = await this.finder(access, asked.at);
    if (finder === null) return { mode, results: [], total: 0, position: commit, behind, meaning: null, ...at };
    const { hasMeaning, position, ...found } = await finder.find(access, parsed, { ...asked, mode });
    const meaning = this.meaning && hasMeaning ? await this.meaning.lag.of(wiki, commit, position) : null;
    return { ...found, position: commit, behind, meaning, ...at };
  }

  /** Pages about the same as one that is there, nearest first; none where meanings cannot be searched, and why. */
  async related(access: Access<'search.use'>, path: string, limit: number): Promise<Related> {
    if (this.meaning === null) return { pages: [], reason: 'Search by meaning is off on this server.' };
    try {
      return { pages: await this.meaning.related.of(access, path, limit) };
    } catch (error) {
      if (!(error instanceof SearchError && error.code === 'meaning-unavailable')) throw error;
      return { pages: [], reason: 'Search by meaning is not available at the moment.' };
    }
  }

  /** Pages that say about the same as a page that is about to be created; none where that cannot be told in time. */
  async alike(access: Access<'search.use'>, path: string, text: string): Promise<NearPage[]> {
    return (await this.meaning?.related.alike(access, path, text, mostAlike)) ?? [];
  }

  private async finder(access: Access<'search.use'>, at: string | undefined) {
    if (at === undefined) return { finder: this.present };
    const past = await this.past.at(access, at);
    if (past === null) return { finder: null, at: null };
    return { finder: new Finder(past.words, this.meaning && this.meaning.search.asOf(past.pages)), at: past.commit };
  }
}
