/** What one acknowledged change has to be in history: these lines of this page gone, and these come. */
export interface Entry {
  mark: string;
  page: string;
  removed: string[];
  added: string[];
  /** Unknown of what was pushed. */
  commit: string | null;
}

/** What was acknowledged, how long each acknowledgement took, and how often somebody had to try again. */
export class Ledger {
  readonly entries: Entry[] = [];
  readonly ms: number[] = [];
  readonly again = { conflict: 0, busy: 0, push: 0, unknown: 0 };
  merged = 0;
  tidied = { times: 0, failures: [] as string[] };
  private readonly began = performance.now();
  private ended = 0;
  private heard = () => {};

  acknowledge(entry: Entry, ms: number): void {
    this.entries.push(entry);
    this.ms.push(ms);
    this.ended = performance.now();
    this.heard();
  }

  /** Resolves when something more was acknowledged, or when there is nothing more to wait for. */
  next(): Promise<void> {
    return new Promise((resolve) => (this.heard = resolve));
  }

  stopWaiting(): void {
    this.heard();
  }

  /** The figures in one line. */
  told(): string {
    const sorted = this.ms.toSorted((a, b) => a - b);
    const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(0);
    const perSecond = this.entries.length / ((this.ended - this.began) / 1000);
    const { conflict, busy, push, unknown } = this.again;
    return (
      `${this.entries.length} changes, ${perSecond.toFixed(1)} commits/s, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms; ` +
      `${this.merged} merged, tried again after ${conflict} conflicts, ${busy} times busy, ${push} refused pushes; ${unknown} answers too late; ` +
      `tidied ${this.tidied.times} times, of which ${this.tidied.failures.length} failed`
    );
  }
}
