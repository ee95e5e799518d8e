import type { Access } from '@lib/acl';
import type { KeywordPort } from './keyword-port.js';

/** How a search is to be answered: by words, by meaning, or by both. */
export type SearchMode = 'keyword' | 'hybrid' | 'semantic';

/** What someone searches for, and among which pages. */
export interface SearchQuery {
  query: string;
  mode?: SearchMode | undefined;
  limit?: number | undefined;
  offset?: number | undefined;
  prefix?: string | undefined;
  category?: string | undefined;
  tag?: string | undefined;
}

/** One page that was found. */
export interface Hit {
  name: string;
  path: string;
  snippet: string;
  /** Between 0 and 1. */
  score: number;
  section?: string | null;
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
  behind: number;
}

/** Finds the pages of a wiki. */
export class Search {
  constructor(private readonly options: { index: KeywordPort }) {}

  async find(access: Access<'search.use'>, _query: SearchQuery): Promise<Found> {
    const { behind } = await this.options.index.status(access.wiki.id);
    return { mode: 'keyword', results: [], total: 0, behind };
  }
}
