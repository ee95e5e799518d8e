import { createHash } from 'node:crypto';
import type { WikiId } from '@lib/acl';
import type { Fits } from './chunk-length.js';
import { embedded } from './chunk-text.js';
import { type Chunk, chunksOf, countWords } from './chunking.js';
import type { Embedder } from './embedding/embedder.js';
import { TextError } from './embedding/embedding-queue.js';
import type { PagesPort, PageVersion } from './pages-port.js';
import type { PageChunks } from './vectors/page-chunks.js';

/** How far a run has come. */
export interface IndexProgress {
  /** Of the pages that had to be read. */
  done: number;
  pages: number;
  /** Texts that were given to the model. */
  embedded: number;
}

/** What a run is told, and what it tells. */
export interface IndexRun {
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: IndexProgress) => void) | undefined;
}

interface About extends IndexRun {
  /** After so long nothing more is begun. */
  forMs?: number | undefined;
  wiki: WikiId;
  modelId: string;
  fits: Fits;
  /** The vector of a text that was embedded before. */
  known(textHash: string): Float32Array | null;
}

/** A page, cut up; its chunks still want vectors. */
interface CutPage {
  version: PageVersion;
  words: number;
  chunks: readonly CutChunk[];
  trouble: string | null;
}

interface CutChunk extends Chunk {
  read: string;
  textHash: string;
}

/** What is embedded and written at once: as much is done again after a crash, and so often progress is told. */
const chunksAtOnce = 64;
const pagesAtOnce = 64;

/** Makes chunks with vectors of pages, some at a time: those that come next are read while the model is at work. */
export class Filling {
  /** Texts that were given to the model. */
  texts = 0;
  private readonly begun = performance.now();

  constructor(
    private readonly given: { pages: PagesPort; embedder: Embedder },
    private readonly about: About,
  ) {}

  /** How long it has been at work. */
  get ms(): number {
    return performance.now() - this.begun;
  }

  /** Goes through the pages in their order. */
  async *through(versions: readonly PageVersion[]): AsyncGenerator<{ pages: PageChunks[]; isLast: boolean }> {
    let underWay: Promise<PageChunks[]> | null = null;
    let done = 0;
    const finished = async (pages: Promise<PageChunks[]>) => {
      const made = await pages;
      done += made.length;
      return { pages: made, isLast: done === versions.length };
    };
    const tell = () => this.about.onProgress?.({ done, pages: versions.length, embedded: this.texts });
    for await (const cut of this.cut(versions)) {
      const next = this.withVectors(cut);
      // Whoever waits for the one before hears of this one later.
      next.catch(() => {});
      if (underWay !== null) yield await finished(underWay);
      tell();
      underWay = next;
    }
    if (underWay !== null) yield await finished(underWay);
    tell();
  }

  private async *cut(versions: readonly PageVersion[]): AsyncGenerator<CutPage[]> {
    let some: CutPage[] = [];
    let chunks = 0;
    for (const version of versions) {
      this.about.signal?.throwIfAborted();
      const page = await this.cutPage(version);
      some.push(page);
      chunks += page.chunks.length;
      if (chunks < chunksAtOnce && some.length < pagesAtOnce) continue;
      yield some;
      if (this.ms > (this.about.forMs ?? Infinity)) return;
      [some, chunks] = [[], 0];
    }
    if (some.length > 0) yield some;
  }

  private async cutPage(version: PageVersion): Promise<CutPage> {
    const { wiki, fits } = this.about;
    const content = await this.given.pages.content(wiki, version);
    if ('trouble' in content) return { version, words: 0, chunks: [], trouble: content.trouble };
    const chunks = chunksOf(content.page, fits).map((chunk): CutChunk => {
      const read = embedded(chunk);
      return { ...chunk, read, textHash: createHash('sha256').update(read).digest('hex').slice(0, 32) };
    });
    return { version, words: countWords(content.page.body), chunks, trouble: null };
  }

  private async withVectors(cut: readonly CutPage[]): Promise<PageChunks[]> {
    const made = await this.together(cut).catch((error: unknown) => {
      if (error instanceof TextError) return null;
      throw error;
    });
    if (made !== null) return made;
    // One of them has a text that cannot be embedded: the others must not wait for it.
    const alone: PageChunks[] = [];
    for (const page of cut)
      alone.push(...(await this.together([page]).catch((error: unknown) => setAside(page, error))));
    return alone;
  }

  private async together(cut: readonly CutPage[]): Promise<PageChunks[]> {
    const vectors = new Map<string, Float32Array | null>();
    for (const { chunks } of cut) for (const { textHash } of chunks) vectors.set(textHash, this.about.known(textHash));
    const wanted = new Map<string, string>();
    for (const { textHash, read } of cut.flatMap(({ chunks }) => chunks)) {
      if (vectors.get(textHash) === null) wanted.set(textHash, read);
    }
    const fresh = await this.embed([...wanted.values()]);
    for (const [at, textHash] of [...wanted.keys()].entries()) vectors.set(textHash, fresh[at] ?? null);
    return cut.map((page) => pageChunks(page, vectors));
  }

  private async embed(texts: readonly string[]): Promise<Float32Array[]> {
    const { signal, modelId } = this.about;
    const vectors = await this.given.embedder.embed(texts, { lane: 'bulk', ...(signal && { signal }) });
    this.texts += texts.length;
    const loaded = this.given.embedder.status().modelId;
    if (texts.length > 0 && loaded !== modelId) throw new Error('The model was replaced while pages were embedded.');
    return vectors;
  }
}

function pageChunks({ version, words, chunks, trouble }: CutPage, vectors: ReadonlyMap<string, Float32Array | null>) {
  const { path, blob } = version;
  const made = chunks.map(({ textHash, section, sectionPath, text }) => {
    const vector = vectors.get(textHash) ?? new Float32Array();
    return { textHash, vector, details: { section, sectionPath, text, pageWords: words } };
  });
  return { path, stamp: blob, chunks: made, ...(trouble !== null && { trouble }) };
}

function setAside({ version: { path, blob } }: CutPage, error: unknown): PageChunks[] {
  if (!(error instanceof TextError)) throw error;
  return [{ path, stamp: blob, trouble: error.message, chunks: [] }];
}
