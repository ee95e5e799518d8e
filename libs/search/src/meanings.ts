import type { WikiId } from '@lib/acl';
import { Embedder, type EmbedderStatus } from './embedding/embedder.js';
import { IndexLag } from './index-lag.js';
import { Indexer } from './indexer.js';
import { MeaningSearch } from './meaning-search.js';
import type { PagesPort } from './pages-port.js';
import { RelatedPages } from './related-pages.js';
import { VectorIndexes } from './vectors/vector-indexes.js';

interface Given {
  pages: PagesPort;
  /** The folder in which the index of a wiki lies. */
  folder: (wiki: WikiId) => string;
  /** The model's folder; the one that comes along if unset. */
  modelDir?: string | undefined;
  /** How much memory the vectors of all open indexes may take. */
  budgetBytes: number;
  /** Told whenever the model can be used again, or cannot any more. */
  onModel: (status: EmbedderStatus) => void;
}

/** All that search by meaning needs, put together: the model, the vectors of all wikis, and what keeps them in step. */
export class Meanings {
  readonly indexer: Indexer;
  readonly lag: IndexLag;
  readonly search: MeaningSearch;
  readonly related: RelatedPages;
  private readonly embedder: Embedder;
  private readonly indexes: VectorIndexes;
  private readonly wakers = new Set<(wiki: WikiId) => void>();

  constructor({ pages, folder, modelDir, budgetBytes, onModel }: Given) {
    this.embedder = new Embedder({ modelDir });
    this.embedder.onChange(onModel);
    this.indexes = new VectorIndexes({ folder, budgetBytes });
    const given = { pages, folder, embedder: this.embedder, indexes: this.indexes };
    this.indexer = new Indexer(given);
    this.lag = new IndexLag({ ...given, wake: (wiki) => this.wake(wiki) });
    this.search = new MeaningSearch(given);
    this.related = new RelatedPages(given);
  }

  /** Whether texts can be embedded at the moment, and if not why. */
  get model(): EmbedderStatus {
    return this.embedder.status();
  }

  /** Whether meanings can be searched, as far as is known: a model is loaded when it is first needed. */
  get isAvailable(): boolean {
    return this.embedder.status().state !== 'failed';
  }

  /** Has the model read something, and says what came of it. */
  async tryModel(): Promise<EmbedderStatus> {
    await this.embedder.embed(['wikibot'], { lane: 'query' }).catch(() => {});
    return this.embedder.status();
  }

  /** Tells of every wiki whose vectors were found to be behind. */
  onBehind(listener: (wiki: WikiId) => void): void {
    this.wakers.add(listener);
  }

  /** Has the vectors of a wiki brought up to its pages, soon. */
  wake(wiki: WikiId): void {
    for (const waker of this.wakers) waker(wiki);
  }

  /** Forgets a wiki that is erased. */
  forget(wiki: WikiId): Promise<void> {
    return this.indexes.forget(wiki);
  }

  /** Ends the model's process, and gives all memory back. */
  async close(): Promise<void> {
    await this.embedder.close();
    await this.indexes.close();
  }
}
