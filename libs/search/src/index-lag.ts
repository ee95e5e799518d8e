import { setTimeout } from 'node:timers/promises';
import type { WikiId } from '@lib/acl';
import type { Embedder } from './embedding/embedder.js';
import { dimensions } from './embedding/model.js';
import type { PagesPort } from './pages-port.js';
import type { VectorIndexes } from './vectors/vector-indexes.js';

/** Up to which commit something was read, and how many commits came after it. */
export interface IndexState {
  position: string | null;
  behind: number;
}

interface Given {
  pages: PagesPort;
  indexes: VectorIndexes;
  embedder: Embedder;
  /** Asks whoever brings indexes up to their wikis to do so for one, soon. */
  wake: (wiki: WikiId) => void;
}

const lookEveryMs = 40;

/** Knows how far the vectors of a wiki are behind its catalogue, and has them catch up. */
export class IndexLag {
  constructor(private readonly given: Given) {}

  /** How far vectors that were read up to `position` are behind `commit`. */
  async of(wiki: WikiId, commit: string | null, position: string | null): Promise<IndexState> {
    if (position === commit) return { position, behind: 0 };
    this.given.wake(wiki);
    const [newest, read] = await Promise.all([this.number(wiki, commit), this.number(wiki, position)]);
    return { position, behind: Math.max(newest - read, 0) };
  }

  /** Waits until vectors were read up to a commit, so many milliseconds at the most. */
  async wait(wiki: WikiId, commit: string | null, ms: number): Promise<void> {
    if (ms <= 0 || commit === null) return;
    const end = performance.now() + ms;
    const wanted = await this.number(wiki, commit);
    let isWoken = false;
    while (performance.now() < end && this.given.embedder.status().state !== 'failed') {
      const position = await this.position(wiki);
      if (position === commit || (position !== null && (await this.number(wiki, position)) >= wanted)) return;
      if (!isWoken) this.given.wake(wiki);
      isWoken = true;
      await setTimeout(lookEveryMs);
    }
  }

  /** The commit up to which vectors were read; null where there are none, or no model to compare them by. */
  async position(wiki: WikiId): Promise<string | null> {
    const model = await this.given.embedder.model().catch(() => null);
    if (model === null) return null;
    return this.given.indexes.use(wiki, { dimensions, modelId: model.id }, async (index) => {
      await index.refresh();
      return index.position;
    });
  }

  /** Commits are numbered in the order in which they were read; none is before the first. */
  private async number(wiki: WikiId, commit: string | null): Promise<number> {
    return commit === null ? 0 : ((await this.given.pages.sequence(wiki, commit)) ?? 0);
  }
}
