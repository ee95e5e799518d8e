import type { Access, WikiId } from '@lib/acl';
import type { PageToChunk } from './chunking.js';
import type { KeywordNarrowing } from './keyword-port.js';

/** A page and the blob that holds its text. */
export interface PageVersion {
  path: string;
  blob: string;
}

/** All pages of a wiki as its catalogue has them, and the commit up to which that has read. */
export interface WikiPages {
  commit: string | null;
  pages: PageVersion[];
}

/** A page that an access reaches. */
export interface ReachedPage extends PageVersion {
  name: string;
  revision: string | null;
}

/** What can be cut into chunks, or why a page cannot, now and whenever it is tried again. */
export type PageContent = { page: PageToChunk } | { trouble: string };

/** What search by meaning asks of the catalogue and of the repositories. */
export interface PagesPort {
  /** The commit up to which the catalogue has read. */
  position(wiki: WikiId): Promise<string | null>;
  /** The number of a commit that the catalogue has read, counted from 1 in the order of history; else null. */
  sequence(wiki: WikiId, commit: string): Promise<number | null>;
  all(wiki: WikiId): Promise<WikiPages>;
  content(wiki: WikiId, version: PageVersion): Promise<PageContent>;
  /** A text as the page at a path would be cut up. */
  read(path: string, text: string): PageToChunk;
  /** The paths of all pages to look among; null when these are all pages of the wiki. */
  among(access: Access<'search.use'>, among: KeywordNarrowing): Promise<ReadonlySet<string> | null>;
  /** Those of the pages that are there and within reach of the access. */
  reached(access: Access<'search.use'>, paths: readonly string[]): Promise<ReachedPage[]>;
}
