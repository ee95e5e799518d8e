import { type PageChunks, recordOf, requireVectors } from './page-chunks.js';
import type { RecordFile } from './record-file.js';
import { Turns } from './turns.js';

/** The index that is written anew. */
export interface Rebuilt {
  requireOpen(): void;
  /** Puts the new file in the place of the one before; false when that is not wanted any more. */
  put(): Promise<boolean>;
  /** Takes in what the new file says, and removes the one before. */
  settle(): Promise<void>;
}

/** An index written anew beside the one that is searched meanwhile, in whose place it is put at the end. */
export class VectorRebuild {
  private readonly turns = new Turns();
  private isOver = false;

  constructor(
    private readonly file: RecordFile,
    private readonly dimensions: number,
    private readonly index: Rebuilt,
  ) {}

  /** Adds pages; each takes the place of what was added of it before. */
  async add(pages: readonly PageChunks[]): Promise<void> {
    requireVectors(pages, this.dimensions);
    await this.turn(async () => {
      // Without a position: a file of which only a part is left would tell to read from the beginning.
      await this.file.append(recordOf({ removed: [], pages, position: null }), { isDurable: false });
    });
  }

  /** Puts what was added in the place of the index, read up to a commit; false when it changed meanwhile and stays. */
  async finish(position: string | null): Promise<boolean> {
    return this.turn(async () => {
      this.isOver = true;
      if (!(await this.isPut(position))) {
        await this.file.remove();
        return false;
      }
      await this.file.retire();
      await this.index.settle();
      return true;
    });
  }

  private async isPut(position: string | null): Promise<boolean> {
    try {
      await this.file.append(recordOf({ removed: [], pages: [], position }));
      return await this.index.put();
    } catch (error) {
      await this.file.remove();
      throw error;
    }
  }

  /** Gives up; the index stays what it is. Does nothing after the end. */
  async abandon(): Promise<void> {
    await this.turns.run(async () => {
      if (this.isOver) return;
      this.isOver = true;
      await this.file.remove();
    });
  }

  private turn<T>(work: () => Promise<T>): Promise<T> {
    return this.turns.run(async () => {
      if (this.isOver) throw new Error('The rebuild of the vector index is over.');
      this.index.requireOpen();
      return work();
    });
  }
}
