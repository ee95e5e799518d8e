import type { WikiId } from '@lib/acl';
import type { Embedder, KnownModel } from './embedding/embedder.js';
import { dimensions } from './embedding/model.js';
import { Filling, type IndexRun } from './filling.js';
import { readNote, writeNote } from './index-note.js';
import type { PagesPort, PageVersion } from './pages-port.js';
import type { VectorIndex } from './vectors/vector-index.js';
import type { VectorIndexes } from './vectors/vector-indexes.js';

interface Given {
  pages: PagesPort;
  embedder: Embedder;
  indexes: VectorIndexes;
  /** The folder in which the index of a wiki lies. */
  folder: (wiki: WikiId) => string;
}

/** How far a wiki was read for its meaning. */
export interface IndexStatus {
  pages: number;
  /** Pages that are read as they are now. */
  pagesRead: number;
  chunks: number;
  position: string | null;
  modelId: string;
  /** Pages that cannot be read or embedded, and why. */
  setAside: { path: string; trouble: string }[];
  /** Until all is read, as the last runs went; null when nothing is to be read, or nobody knows. */
  secondsLeft: number | null;
}

/** Fewer texts tell nothing of how fast the model is: its start is most of the time. */
const tellingTexts = 200;
const tellingMs = 2_000;

/** Keeps the vectors of wikis in step with their pages. Every run may end at any point; the next one goes on there. */
export class Indexer {
  constructor(private readonly given: Given) {}

  /**
   * Reads on to what the catalogue has; only texts that no chunk had before are embedded. False when `forMs` were over
   * before all was read.
   */
  async catchUp(wiki: WikiId, run: IndexRun & { forMs?: number } = {}): Promise<boolean> {
    return this.withIndex(wiki, async (index, { id, fits }) => {
      if (index.state === 'ready' && index.position === (await this.given.pages.position(wiki))) return true;
      const { commit, pages } = await this.given.pages.all(wiki);
      const { removed, changed } = differences(index.stamps(), pages);
      // First what is gone: it is not to be found while the rest takes its time.
      if (removed.length > 0 || changed.length === 0) {
        await index.write({ removed, pages: [], position: changed.length === 0 ? commit : null });
      }
      const filling = new Filling(this.given, { wiki, modelId: id, fits, known: (hash) => index.known(hash), ...run });
      for await (const { pages: done, isLast } of filling.through(changed)) {
        await index.write({ removed: [], pages: done, position: isLast ? commit : null });
      }
      await index.compact();
      await this.note(wiki, { position: index.position, modelId: id, filling });
      return index.position === commit;
    });
  }

  /** Embeds every page anew; searches go on with what there is until all is done. */
  async rebuild(wiki: WikiId, run: IndexRun = {}): Promise<void> {
    await this.withIndex(wiki, async (index, { id, fits }) => {
      const { commit, pages } = await this.given.pages.all(wiki);
      const filling = new Filling(this.given, { wiki, modelId: id, fits, known: () => null, ...run });
      const rebuild = await index.rebuild();
      try {
        for await (const { pages: done } of filling.through(pages)) await rebuild.add(done);
        await rebuild.finish(commit);
      } finally {
        await rebuild.abandon();
      }
      await this.note(wiki, { position: commit, modelId: id, filling });
    });
  }

  /** Throws `meaning-unavailable` while there is no model. */
  async status(wiki: WikiId): Promise<IndexStatus> {
    return this.withIndex(wiki, async (index, { id }) => {
      const { pages } = await this.given.pages.all(wiki);
      const { changed } = differences(index.stamps(), pages);
      const [pagesRead, chunks] = [pages.length - changed.length, index.chunkCount];
      const note = await readNote(this.given.folder(wiki));
      const perPage = index.pageCount === 0 ? null : chunks / index.pageCount;
      const secondsLeft =
        changed.length === 0 || perPage === null || !note?.textsPerSecond
          ? null
          : Math.ceil((changed.length * perPage) / note.textsPerSecond);
      const { position } = index;
      return { pages: pages.length, pagesRead, chunks, position, modelId: id, setAside: index.troubles(), secondsLeft };
    });
  }

  /** Whether an index may be behind `commit`, by the note that the last run left; cheap, and sometimes wrong. */
  async seemsBehind(wiki: WikiId, commit: string): Promise<boolean> {
    const { id } = await this.given.embedder.model();
    const note = await readNote(this.given.folder(wiki));
    return note?.position !== commit || note.modelId !== id;
  }

  private async withIndex<T>(wiki: WikiId, work: (index: VectorIndex, model: KnownModel) => Promise<T>): Promise<T> {
    const model = await this.given.embedder.model();
    return this.given.indexes.use(wiki, { dimensions, modelId: model.id }, async (index) => {
      await index.refresh();
      return work(index, model);
    });
  }

  private async note(
    wiki: WikiId,
    { position, modelId, filling }: { position: string | null; modelId: string; filling: Filling },
  ): Promise<void> {
    const folder = this.given.folder(wiki);
    const { texts, ms } = filling;
    const isTelling = texts >= tellingTexts && ms >= tellingMs;
    const textsPerSecond = isTelling ? (1000 * texts) / ms : ((await readNote(folder))?.textsPerSecond ?? null);
    await writeNote(folder, { position, modelId, textsPerSecond });
  }
}

function differences(stamps: ReadonlyMap<string, string>, pages: readonly PageVersion[]) {
  const there = new Set(pages.map(({ path }) => path));
  return {
    removed: [...stamps.keys()].filter((path) => !there.has(path)),
    changed: pages.filter(({ path, blob }) => stamps.get(path) !== blob),
  };
}
