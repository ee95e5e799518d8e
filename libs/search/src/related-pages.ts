import type { Access } from '@lib/acl';
import { embedded } from './chunk-text.js';
import { chunksOf } from './chunking.js';
import type { Embedder } from './embedding/embedder.js';
import { dimensions } from './embedding/model.js';
import type { PagesPort } from './pages-port.js';
import { SearchError } from './search-errors.js';
import type { VectorIndexes } from './vectors/vector-indexes.js';

/** A page that is near to another, or to a text. */
export interface NearPage {
  path: string;
  name: string;
  /** 1 is the same, 0 has nothing to do with it. */
  nearness: number;
}

interface Given {
  embedder: Embedder;
  indexes: VectorIndexes;
  pages: PagesPort;
}

/** Pages that are further have nothing to do with a page, or no more than any other. */
const leastRelated = 0.35;
/** Pages that say the same in other words are nearer than this; those on one subject seldom are. */
const leastAlike = 0.8;
/** What is written waits no longer to be told what is like it. */
const patienceMs = 1_000;
/** Of a text, so many chunks say what it is about. */
const tellingChunks = 3;
/** Some pages may be gone since they were read. */
const spare = 10;

/** Finds pages that are about the same. */
export class RelatedPages {
  constructor(private readonly given: Given) {}

  /** Pages related to one that is there, nearest first. Throws `meaning-unavailable` while there is no model. */
  async of(access: Access<'search.use'>, path: string, limit: number): Promise<NearPage[]> {
    const { id: modelId } = await this.given.embedder.model();
    return this.near(access, { modelId, limit, path, least: leastRelated }, (vectorsOf) => vectorsOf(path));
  }

  /**
   * Pages that say about the same as a text that is about to become the page at `path`. None while nothing can be embedded
   * in time: a hint is not worth waiting for.
   */
  async alike(access: Access<'search.use'>, path: string, text: string, limit: number): Promise<NearPage[]> {
    try {
      const { id: modelId, fits } = await this.given.embedder.model();
      const texts = chunksOf(this.given.pages.read(path, text), fits).slice(0, tellingChunks).map(embedded);
      const signal = AbortSignal.timeout(patienceMs);
      const vectors = await this.given.embedder.embed(texts, { lane: 'query', signal });
      return await this.near(access, { modelId, limit, path, least: leastAlike }, () => vectors);
    } catch (error) {
      if (error instanceof SearchError || (error as Error).name === 'TimeoutError') return [];
      throw error;
    }
  }

  private async near(
    access: Access<'search.use'>,
    { modelId, limit, path, least }: { modelId: string; limit: number; path: string; least: number },
    asked: (vectorsOf: (path: string) => Float32Array[]) => Float32Array[],
  ): Promise<NearPage[]> {
    const paths = await this.given.pages.among(access, {});
    const allowed = (other: string) => other !== path && paths?.has(other) !== false;
    const chunks = await this.given.indexes.use(access.wiki.id, { dimensions, modelId }, async (index) => {
      await index.refresh();
      const query = middleOf(asked((of) => index.vectorsOf(of)));
      return query === null ? [] : index.search({ query, limit: limit + spare, perPage: 1, allowed });
    });
    const near = chunks.filter(({ score }) => score >= least);
    const there = await this.given.pages.reached(
      access,
      near.map((chunk) => chunk.path),
    );
    const names = new Map(there.map((page) => [page.path, page.name]));
    return near
      .flatMap((chunk) => {
        const name = names.get(chunk.path);
        return name === undefined ? [] : [{ path: chunk.path, name, nearness: chunk.score }];
      })
      .slice(0, limit);
  }
}

/** The direction that vectors have in common; null when there are none. */
function middleOf(vectors: readonly Float32Array[]): Float32Array | null {
  const sum = new Float32Array(dimensions);
  for (const vector of vectors) for (const [at, value] of vector.entries()) sum[at] = (sum[at] ?? 0) + value;
  const length = Math.hypot(...sum);
  return length === 0 ? null : sum.map((value) => value / length);
}
