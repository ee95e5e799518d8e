import type { Access } from '@lib/acl';
import type { Embedder } from './embedding/embedder.js';
import { dimensions } from './embedding/model.js';
import { withFeedback } from './fusion.js';
import type { KeywordNarrowing } from './keyword-port.js';
import type { PagesPort, ReachedPage } from './pages-port.js';
import { SearchError } from './search-errors.js';
import type { FoundChunk } from './vectors/stored-vectors.js';
import type { VectorIndex } from './vectors/vector-index.js';
import type { VectorIndexes } from './vectors/vector-indexes.js';

/** A chunk of a page that is there and within reach. */
export interface MeaningHit extends FoundChunk {
  page: ReachedPage;
}

/** What was found by meaning, best first. */
export interface FoundByMeaning {
  hits: MeaningHit[];
  /** The commit up to which the vectors were read; null when there are none yet. */
  position: string | null;
}

interface Wanted {
  limit: number;
  /** At most so many chunks of one page. */
  perPage: number;
  /** Whether the question is moved towards what is found first with it. Beside words that was measured to do no good. */
  hasFeedback: boolean;
}

interface Given {
  embedder: Embedder;
  indexes: VectorIndexes;
  pages: PagesPort;
}

/** So many first hits say once more what is looked for. */
const feedbackHits = 3;
/** A question waits no longer for its vector: its words are answered then. */
const patienceMs = 5_000;
/** Of pages that are gone since they were read no chunk is shown: so many more are looked at. */
const spare = 20;

/** Finds the chunks of a wiki that are nearest to a question. */
export class MeaningSearch {
  constructor(private readonly given: Given) {}

  /** Throws `meaning-unavailable` when the question cannot be embedded. */
  async find(
    access: Access<'search.use'>,
    question: string,
    among: KeywordNarrowing,
    wanted: Wanted,
  ): Promise<FoundByMeaning> {
    const [{ vector, modelId }, paths] = await Promise.all([
      this.embedded(question),
      this.given.pages.among(access, among),
    ]);
    const allowed = paths === null ? undefined : (path: string) => paths.has(path);
    return this.given.indexes.use(access.wiki.id, { dimensions, modelId }, async (index) => {
      const chunks = await nearest(index, vector, { ...wanted, allowed });
      return { hits: await this.present(access, chunks, wanted), position: index.position };
    });
  }

  private async embedded(question: string): Promise<{ vector: Float32Array; modelId: string }> {
    const { embedder } = this.given;
    const { id: modelId } = await embedder.model();
    const signal = AbortSignal.timeout(patienceMs);
    const vectors = await embedder.embed([question], { lane: 'query', signal }).catch((error: unknown) => {
      throw new SearchError('meaning-unavailable', 'The question could not be embedded.', {}, { cause: error });
    });
    return { vector: vectors[0] ?? new Float32Array(dimensions), modelId };
  }

  /** What was read may be gone meanwhile, or be hidden from this access. */
  private async present(
    access: Access<'search.use'>,
    chunks: readonly FoundChunk[],
    { limit }: Wanted,
  ): Promise<MeaningHit[]> {
    const paths = [...new Set(chunks.map(({ path }) => path))];
    const pages = new Map((await this.given.pages.reached(access, paths)).map((page) => [page.path, page]));
    return chunks
      .flatMap((chunk) => {
        const page = pages.get(chunk.path);
        return page === undefined ? [] : [{ ...chunk, page }];
      })
      .slice(0, limit);
  }
}

interface Among extends Wanted {
  allowed: ((path: string) => boolean) | undefined;
}

async function nearest(
  index: VectorIndex,
  query: Float32Array,
  { limit, hasFeedback, ...among }: Among,
): Promise<FoundChunk[]> {
  if (!hasFeedback) return index.search({ query, limit: limit + spare, ...among });
  const first = await index.search({ query, limit: feedbackHits, ...among, perPage: 1 });
  const moved = withFeedback(
    query,
    first.map(({ vector }) => vector),
  );
  return index.search({ query: moved, limit: limit + spare, ...among });
}
