import type { Access, WikiId } from '@lib/acl';
import type {
  KeywordNarrowing,
  PageContent,
  PagesPort,
  PageToChunk,
  PageVersion,
  ReachedPage,
  WikiPages,
} from '@lib/search';
import type { LoosePages } from './loose-pages.js';

/** The pages of wikis, and beside them some that lie in none: one model and one set of vectors serve both. */
export class PagesBeside implements PagesPort {
  constructor(
    private readonly ofWikis: PagesPort,
    private readonly loose: LoosePages,
  ) {}

  position(wiki: WikiId): Promise<string | null> {
    return this.of(wiki).position(wiki);
  }

  sequence(wiki: WikiId, commit: string): Promise<number | null> {
    return this.of(wiki).sequence(wiki, commit);
  }

  all(wiki: WikiId): Promise<WikiPages> {
    return this.of(wiki).all(wiki);
  }

  content(wiki: WikiId, version: PageVersion): Promise<PageContent> {
    return this.of(wiki).content(wiki, version);
  }

  read(path: string, text: string): PageToChunk {
    return this.ofWikis.read(path, text);
  }

  among(access: Access<'search.use'>, narrowing: KeywordNarrowing): Promise<ReadonlySet<string> | null> {
    return this.of(access.wiki.id).among(access, narrowing);
  }

  reached(access: Access<'search.use'>, paths: readonly string[]): Promise<ReachedPage[]> {
    return this.of(access.wiki.id).reached(access, paths);
  }

  private of(wiki: WikiId): PagesPort {
    return wiki === this.loose.wiki ? this.loose : this.ofWikis;
  }
}
