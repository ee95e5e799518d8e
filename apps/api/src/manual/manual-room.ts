import { type Acl, manualWiki } from '@lib/acl';
import { type Meanings, Search } from '@lib/search';
import { LoosePages } from '@lib/wiki';
import { Manual } from './manual.js';
import { ManualSearch } from './manual-search.js';

type Given = Pick<ConstructorParameters<typeof LoosePages>[0], 'database' | 'people'> & { acl: Acl };

/** The documentation and the search in it; its files are not read before somebody wants them. */
export class ManualRoom {
  /** Its pages, for the one who reads pages for their meaning. */
  readonly pages: LoosePages;
  private known: Manual | null = null;

  constructor(private readonly given: Given) {
    const { database, people } = given;
    const texts = () => this.manual.pages.map(({ path, text }) => ({ path, text }));
    this.pages = new LoosePages({ database, people, wiki: manualWiki.id, texts });
  }

  /** Read when it is first asked for: a start does not wait for it. */
  get manual(): Manual {
    return (this.known ??= Manual.read());
  }

  /** The search, by meaning as well where the server has that. */
  searchWith(meanings: Meanings | null): ManualSearch {
    const { words, past, wiki } = this.pages;
    const search = new Search({ index: words, meaning: meanings, past });
    return new ManualSearch(search, this.given.acl, () => meanings?.wake(wiki));
  }
}
