import type { Acl } from '@lib/acl';
import type { Found, Search, SearchQuery } from '@lib/search';
import type { ManualPage } from './manual-page.js';

/** What may be said of a search in the documentation. */
type Asked = Pick<SearchQuery, 'query' | 'mode' | 'limit' | 'offset'>;

/** Finds pages of the documentation as those of a wiki are found. */
export class ManualSearch {
  private isPrepared = false;

  constructor(
    private readonly search: Search,
    private readonly acl: Acl,
    /** Has the documentation read for its meaning, soon; costs little where that was done before. */
    private readonly wake: () => void,
  ) {}

  /** Throws `query-empty` and `query-too-long`. The paths of what is found are those of `searchedPath`. */
  find(asked: Asked): Promise<Found> {
    return this.search.find(this.acl.manual(), asked);
  }

  /** Told that somebody reads the documentation, who may search it next. */
  prepare(): void {
    if (!this.isPrepared) this.wake();
    this.isPrepared = true;
  }
}

/** By what a page is found: that says something of it to a search, too. */
export const searchedPath = ({ file }: ManualPage): string => file.replace(/^docs\//, '').replace(/\.md$/, '');
