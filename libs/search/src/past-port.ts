import type { Access } from '@lib/acl';
import type { KeywordNarrowing, KeywordPort } from './keyword-port.js';
import type { ReachedPage } from './pages-port.js';

/** The pages of a wiki as they were at a commit; what is answered is within the reach of the access. */
export interface PastPages {
  /** The pages to look among, each with the blob that held its text. */
  versions(access: Access<'search.use'>, among: KeywordNarrowing): Promise<ReadonlyMap<string, string>>;
  /** Those of the pages that were there, as they were. */
  reached(access: Access<'search.use'>, paths: readonly string[]): Promise<ReachedPage[]>;
}

/** A wiki as it was at a commit. */
export interface PastWiki {
  commit: string;
  words: KeywordPort;
  pages: PastPages;
}

/** What search asks of the past. */
export interface PastPort {
  /** The wiki as it was at a revision or a date; null when there was nothing yet. */
  at(access: Access<'search.use'>, at: string): Promise<PastWiki | null>;
}
