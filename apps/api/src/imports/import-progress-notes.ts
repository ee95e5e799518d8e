import type { ImportProgress } from '@lib/wiki';

const everyMs = 700;

/** Notes how far an import is, as often as somebody who watches wants to see, and the newest state only. */
export class ImportProgressNotes {
  private newest: ImportProgress | null = null;
  private noted = 0;
  private writing: Promise<void> = Promise.resolve();
  private step: ImportProgress['step'] | null = null;

  constructor(private readonly write: (progress: ImportProgress) => Promise<void>) {}

  note(progress: ImportProgress): void {
    this.newest = progress;
    const isNews = progress.step !== this.step || Date.now() - this.noted >= everyMs;
    if (!isNews) return;
    this.step = progress.step;
    this.noted = Date.now();
    // That it cannot be noted keeps nobody from going on.
    this.writing = this.writing.then(() => this.writeNewest()).catch(() => {});
  }

  /** Waits for what is being written, so that nothing is noted after the end. */
  async end(): Promise<void> {
    this.newest = null;
    await this.writing;
  }

  private async writeNewest(): Promise<void> {
    if (this.newest !== null) await this.write(this.newest);
  }
}
