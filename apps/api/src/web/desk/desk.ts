import type { Role, WikiRef } from '@lib/acl';
import type { WikiNews } from '@lib/wiki';
import type { Site } from '../layout/site-frame.js';

/** A wiki on the desk. */
export interface DeskWiki {
  wiki: WikiRef;
  role: Role | null;
  address: string;
  pages: number;
  changedAt: Date | null;
}

/** What people find when they come back. */
export interface Desk extends Site {
  wikis: readonly DeskWiki[];
  /** How many there are, of which those are shown that changed last. */
  total: number;
  /** When they were here before; null when they never were. */
  since: Date | null;
  /** Whether the news are what happened since then, and not just the newest there is. */
  isNew: boolean;
  news: readonly NewsOfWiki[];
  /** How many more wikis have news. */
  others: number;
  drafts: readonly { wiki: DeskWiki; path: string; updatedAt: Date }[];
  hasRestorable: boolean;
  /** Whether the demo wiki is offered. */
  isDemoOffered: boolean;
  ownPage: string;
}

/** What changed in a wiki. */
export interface NewsOfWiki extends WikiNews {
  of: DeskWiki;
}
