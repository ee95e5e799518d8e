import { Catalogue1764000001000 } from './catalogue.js';
import { Drafts1764000006000 } from './drafts.js';
import { Imports1764000007000 } from './imports.js';
import { KeywordVersions1764000004000 } from './keyword-versions.js';
import { Keywords1764000003000 } from './keywords.js';
import { Renames1764000005000 } from './renames.js';
import { Visits1764000007100 } from './visits.js';
import { Writing1764000002000 } from './writing.js';

/** The migrations of this room, for the DataSource. */
export const wikiMigrations = [
  Catalogue1764000001000,
  Writing1764000002000,
  Keywords1764000003000,
  KeywordVersions1764000004000,
  Renames1764000005000,
  Drafts1764000006000,
  Imports1764000007000,
  Visits1764000007100,
];
