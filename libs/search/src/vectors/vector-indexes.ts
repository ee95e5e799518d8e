import { rm } from 'node:fs/promises';
import { VectorIndex, type VectorIndexOptions } from './vector-index.js';
import type { VectorKind } from './vector-manifest.js';

/** Where indexes lie, and how long they stay in memory. */
export interface VectorIndexesOptions {
  /** The folder of a wiki's index. */
  folder: (wiki: string) => string;
  /** All together take about so much memory; those that were not used for the longest time go first. */
  budgetBytes?: number;
  /** So long without use, and an index takes no memory any more. */
  idleMs?: number;
  index?: VectorIndexOptions;
}

interface Opened {
  readonly wiki: string;
  readonly opening: Promise<VectorIndex>;
  /** As soon as it is open. */
  index: VectorIndex | null;
  users: number;
  idle: NodeJS.Timeout | undefined;
}

/** The vector indexes of all wikis, open while they are used and for a while after. */
export class VectorIndexes {
  /** By wiki and kind; the one that was used last is the last one. */
  private readonly opened = new Map<string, Opened>();
  private readonly closing = new Set<Promise<void>>();
  private readonly budgetBytes: number;
  private readonly idleMs: number;
  private isClosed = false;

  constructor(private readonly options: VectorIndexesOptions) {
    this.budgetBytes = options.budgetBytes ?? 256 * 2 ** 20;
    this.idleMs = options.idleMs ?? 10 * 60_000;
  }

  /** About how much memory all open indexes take. */
  get memoryBytes(): number {
    return Array.from(this.opened.values()).reduce((sum, { index }) => sum + (index?.memoryBytes ?? 0), 0);
  }

  /** Does some work with the index of a wiki, which stays open that long. */
  async use<T>(wiki: string, kind: VectorKind, work: (index: VectorIndex) => Promise<T>): Promise<T> {
    if (this.isClosed) throw new Error('The vector indexes are closed.');
    const key = JSON.stringify([wiki, kind.modelId, kind.dimensions]);
    const opened = this.opened.get(key) ?? this.open(wiki, kind);
    this.opened.delete(key);
    this.opened.set(key, opened);
    clearTimeout(opened.idle);
    opened.users += 1;
    try {
      return await work(await opened.opening);
    } finally {
      opened.users -= 1;
      if (this.opened.get(key) === opened) this.left(key, opened);
    }
  }

  /** Deletes the index of a wiki; who uses it just now is refused from now on. */
  async forget(wiki: string): Promise<void> {
    const ofWiki = Array.from(this.opened).filter(([, opened]) => opened.wiki === wiki);
    for (const [key] of ofWiki) this.evict(key);
    await Promise.all(this.closing);
    await rm(this.options.folder(wiki), { recursive: true, force: true });
  }

  /** Closes them all. */
  async close(): Promise<void> {
    this.isClosed = true;
    for (const key of Array.from(this.opened.keys())) this.evict(key);
    await Promise.all(this.closing);
  }

  private open(wiki: string, kind: VectorKind): Opened {
    const opening = VectorIndex.open(this.options.folder(wiki), kind, this.options.index);
    const opened: Opened = { wiki, opening, index: null, users: 0, idle: undefined };
    const whenOpen = (index: VectorIndex) => {
      opened.index = index;
    };
    // Whoever uses it hears of a failure.
    opening.then(whenOpen, () => {});
    return opened;
  }

  private left(key: string, opened: Opened): void {
    if (opened.users === 0) {
      // One that could not be opened is tried again by the next.
      if (opened.index === null) return this.evict(key);
      opened.idle = setTimeout(() => this.evict(key), this.idleMs).unref();
    }
    this.keepToBudget();
  }

  /** The one that was used last stays, however large: to read it again for each search would help nobody. */
  private keepToBudget(): void {
    for (const [key, { users }] of Array.from(this.opened).slice(0, -1)) {
      if (this.memoryBytes <= this.budgetBytes) return;
      if (users === 0) this.evict(key);
    }
  }

  private evict(key: string): void {
    const opened = this.opened.get(key);
    if (opened === undefined) return;
    this.opened.delete(key);
    clearTimeout(opened.idle);
    const closing = opened.opening
      .then((index) => index.close())
      .catch(() => {})
      .finally(() => this.closing.delete(closing));
    this.closing.add(closing);
  }
}
