import type { Acl } from '@lib/acl';
import type { Found, Search, SearchQuery } from '@lib/search';

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

  /** The pages that answer a query, best first. Throws `query-empty` and `query-too-long`. */
  find(asked: Asked): Promise<Found> {
    return this.search.find(this.acl.manual(), asked);
  }

  /** Told that somebody reads the documentation, who may search it next. */
  prepare(): void {
    if (!this.isPrepared) this.wake();
    this.isPrepared = true;
  }
}
