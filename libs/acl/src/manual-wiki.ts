import { nowhere } from './nowhere.js';
import type { WikiRef } from './wiki-ref.js';

/** What the documentation counts as where a search asks for a wiki: open to everybody, and in no table. */
export const manualWiki: WikiRef = {
  ...nowhere,
  id: '00000000-0000-0000-0000-00000000d0c5',
  name: 'wikibot',
  visibility: 'public',
};
