import type { Question, ScanLimits } from './chunk-vectors.js';
import { recordOf, requireVectors, requireVector, type VectorChange } from './page-chunks.js';
import type { FoundChunk } from './stored-vectors.js';
import { Turns } from './turns.js';
import { VectorFolder, type VectorState } from './vector-folder.js';
import type { VectorKind } from './vector-manifest.js';
import { VectorRebuild } from './vector-rebuild.js';

export type { Question } from './chunk-vectors.js';
export type { PageChunks, VectorChange } from './page-chunks.js';
export type { FoundChunk } from './stored-vectors.js';
export type { VectorState } from './vector-folder.js';
export type { VectorKind } from './vector-manifest.js';
export type { VectorRebuild } from './vector-rebuild.js';

/** How an index is searched; each has a default. */
export type VectorIndexOptions = Partial<ScanLimits>;

const usualLimits: ScanLimits = { floatsUpTo: 20_000, scanUpTo: 100_000, scansBeforeGraph: 1_000 };
/** So often in a row may what is searched change under a search. */
const mostTries = 5;

/** The vectors of one wiki, in memory and in a folder that other processes may read and write as well. */
export class VectorIndex {
  private readonly folder: VectorFolder;
  private readonly turns = new Turns();
  private nextRefresh: Promise<void> | null = null;
  private isClosed = false;

  private constructor(
    folder: string,
    private readonly kind: VectorKind,
    options: VectorIndexOptions,
  ) {
    this.folder = new VectorFolder(folder, kind, { ...usualLimits, ...options });
  }

  /** Opens what is there, whatever that is; nothing is written before the first write. */
  static async open(folder: string, kind: VectorKind, options: VectorIndexOptions = {}): Promise<VectorIndex> {
    const index = new VectorIndex(folder, kind, options);
    await index.refresh();
    return index;
  }

  /** Why it is empty, if it is. */
  get state(): VectorState {
    return this.folder.state;
  }

  /** The commit that was read up to. */
  get position(): string | null {
    return this.stored?.position ?? null;
  }

  get chunkCount(): number {
    return this.stored?.chunkCount ?? 0;
  }

  get pageCount(): number {
    return this.stored?.pages.size ?? 0;
  }

  /** About how much memory it takes. */
  get memoryBytes(): number {
    return this.stored?.memoryBytes ?? 0;
  }

  /** What the chunks of each page were made from. */
  stamps(): Map<string, string> {
    return new Map(Array.from(this.stored?.pages.values() ?? [], ({ path, stamp }) => [path, stamp]));
  }

  /** The pages that could not be read or embedded, and why. */
  troubles(): { path: string; trouble: string }[] {
    const pages = Array.from(this.stored?.pages.values() ?? []);
    return pages.flatMap(({ path, trouble }) => (trouble === undefined ? [] : [{ path, trouble }]));
  }

  /** The vector of a text, if a chunk has it: such a text need not be embedded again. */
  known(textHash: string): Float32Array | null {
    return this.stored?.known(textHash) ?? null;
  }

  /** The vectors of a page's chunks; none when it has no chunks. */
  vectorsOf(path: string): Float32Array[] {
    return this.stored?.vectorsOf(path) ?? [];
  }

  /** Takes in what other processes did to the folder; two looks at files when that is nothing. */
  async refresh(): Promise<void> {
    // Who comes before it begins has a share in it; who comes later could miss what was written in between.
    await (this.nextRefresh ??= this.turn(async () => {
      this.nextRefresh = null;
      await this.folder.takeIn();
    }));
  }

  /** The nearest chunks of what is there at the moment, nearest first; of equally near ones the first path. */
  async search(question: Question): Promise<FoundChunk[]> {
    requireVector(question.query, this.kind.dimensions);
    for (let tries = 0; tries < mostTries; tries += 1) {
      await this.refresh();
      this.requireOpen();
      const { stored } = this;
      const found = stored === null ? [] : await stored.search(question);
      if (found !== null) return found;
      await this.reread();
    }
    throw new Error('The vector index changes faster than it can be read.');
  }

  /** Writes a change durably and whole. */
  async write(change: VectorChange): Promise<void> {
    requireVectors(change.pages, this.kind.dimensions);
    await this.turn(async () => {
      await this.folder.takeIn({ isCareful: true });
      await this.folder.tidy();
      const { stored } = this;
      await (stored === null ? this.begin(change) : stored.append(change));
    });
  }

  /** Begins to write the index anew; until that is finished, all goes on with what there is. */
  async rebuild(): Promise<VectorRebuild> {
    return this.beside(() => true);
  }

  /** Writes the file anew when most of it is of no use any more; whether it did. */
  async compact(): Promise<boolean> {
    await this.refresh();
    const { stored } = this;
    if (stored === null || !stored.isMostlyGarbage) return false;
    const { link, position } = stored;
    const isSame = () => this.stored === stored && stored.link.equals(link);
    const copy = await this.beside(isSame);
    try {
      for (const paths of stored.batches()) {
        // What is not in use any more cannot be read from either.
        if (!isSame()) return false;
        const pages = await stored.pagesOf(paths);
        if (pages === null) {
          await this.reread();
          return false;
        }
        await copy.add(pages);
      }
      return await copy.finish(position);
    } finally {
      await copy.abandon();
    }
  }

  /** Gives memory and file back; what is asked later is refused. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.turns.run(() => this.folder.forget());
  }

  private get stored() {
    return this.folder.stored;
  }

  private async reread(): Promise<void> {
    await this.turn(() => this.folder.load());
  }

  private async begin(change: VectorChange): Promise<void> {
    const file = await this.folder.newFile();
    try {
      await file.append(recordOf(change));
      await this.folder.put(file);
    } catch (error) {
      await file.remove();
      throw error;
    }
    await file.retire();
    await this.settle();
  }

  private async beside(isWanted: () => boolean): Promise<VectorRebuild> {
    const file = await this.turn(() => this.folder.newFile());
    return new VectorRebuild(file, this.kind.dimensions, {
      requireOpen: () => this.requireOpen(),
      put: () =>
        this.turn(async () => {
          await this.folder.takeIn({ isCareful: true });
          if (!isWanted()) return false;
          await this.folder.put(file);
          return true;
        }),
      settle: () => this.turn(() => this.settle()),
    });
  }

  private async settle(): Promise<void> {
    await this.folder.takeIn();
    await this.folder.tidy();
  }

  private turn<T>(work: () => Promise<T>): Promise<T> {
    return this.turns.run(async () => {
      this.requireOpen();
      return work();
    });
  }

  private requireOpen(): void {
    if (this.isClosed) throw new Error('The vector index is closed.');
  }
}
