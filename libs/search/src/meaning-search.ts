import type { Access } from '@lib/acl';
import type { Embedder } from './embedding/embedder.js';
import { dimensions } from './embedding/model.js';
import { withFeedback } from './fusion.js';
import type { KeywordNarrowing } from './keyword-port.js';
import type { PagesPort, ReachedPage } from './pages-port.js';
import type { PastPages } from './past-port.js';
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
  /** The commit up to which all pages were read; null until they were once. */
  position: string | null;
  /** Whether any page was read yet. */
  isRead: boolean;
  /** How many letters of the question a word piece of the model stands for. */
  lettersPerPiece: number;
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
  /** Where it is searched as of a moment in the past. */
  past?: PastPages;
}

type Allowed = (path: string) => boolean;

/** So many first hits say once more what is looked for. */
const feedbackHits = 3;
/** A question waits no longer for its vector: its words are answered then. */
const patienceMs = 5_000;
/** Of pages that are gone since they were read no chunk is shown: so many more are looked at. */
const spare = 20;

/** Finds the chunks of a wiki that are nearest to a question. */
export class MeaningSearch {
  constructor(private readonly given: Given) {}

  /** The search over what of the past is still there: chunks of pages that are now what they were. */
  asOf(past: PastPages): MeaningSearch {
    return new MeaningSearch({ ...this.given, past });
  }

  /** Throws `meaning-unavailable` when the question cannot be embedded. */
  async find(
    access: Access<'search.use'>,
    question: string,
    among: KeywordNarrowing,
    wanted: Wanted,
  ): Promise<FoundByMeaning> {
    const [{ vector, modelId, lettersPerPiece }, allowedIn] = await Promise.all([
      this.embedded(question),
      this.allowedIn(access, among),
    ]);
    return this.given.indexes.use(access.wiki.id, { dimensions, modelId }, async (index) => {
      const chunks = await nearest(index, vector, { ...wanted, allowed: await allowedIn(index) });
      const hits = await this.present(access, chunks, wanted);
      const { position, chunkCount } = index;
      return { hits, position, isRead: position !== null || chunkCount > 0, lettersPerPiece };
    });
  }

  private async allowedIn(
    access: Access<'search.use'>,
    among: KeywordNarrowing,
  ): Promise<(index: VectorIndex) => Promise<Allowed | undefined>> {
    const { pages, past } = this.given;
    if (past === undefined) {
      const paths = await pages.among(access, among);
      return async () => (paths === null ? undefined : (path) => paths.has(path));
    }
    const versions = await past.versions(access, among);
    return async (index) => {
      await index.refresh();
      const stamps = index.stamps();
      return (path) => versions.has(path) && versions.get(path) === stamps.get(path);
    };
  }

  private async embedded(
    question: string,
  ): Promise<{ vector: Float32Array; modelId: string; lettersPerPiece: number }> {
    const { embedder } = this.given;
    const model = await embedder.model();
    const signal = AbortSignal.timeout(patienceMs);
    const vectors = await embedder.embed([question], { lane: 'query', signal }).catch((error: unknown) => {
      throw new SearchError('meaning-unavailable', 'The question could not be embedded.', {}, { cause: error });
    });
    // Files that were replaced since the process read them: vectors of two models cannot be compared.
    if (embedder.status().modelId !== model.id) {
      throw new SearchError('meaning-unavailable', 'The model was replaced, and is not loaded yet.');
    }
    const [vector = new Float32Array(dimensions)] = vectors;
    return { vector, modelId: model.id, lettersPerPiece: model.lettersPerPiece(question) };
  }

  /** What was read may be gone meanwhile, or be hidden from this access. */
  private async present(
    access: Access<'search.use'>,
    chunks: readonly FoundChunk[],
    { limit }: Wanted,
  ): Promise<MeaningHit[]> {
    const paths = [...new Set(chunks.map(({ path }) => path))];
    const { past } = this.given;
    const reached = await (past ?? this.given.pages).reached(access, paths);
    const pages = new Map(reached.map((page) => [page.path, page]));
    return chunks
      .flatMap((chunk) => {
        const page = pages.get(chunk.path);
        // What a page said at another time is no answer to what it said at that one.
        const isOther = page === undefined || (past !== undefined && chunk.stamp !== page.blob);
        return isOther ? [] : [{ ...chunk, page }];
      })
      .slice(0, limit);
  }
}

interface Among extends Wanted {
  allowed: Allowed | undefined;
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
