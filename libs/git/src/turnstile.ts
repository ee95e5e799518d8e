import { GitError } from './git-errors.js';

/** Lets a bounded number of pieces of work run at once, altogether and per key; the rest queue, and beyond that are refused. */
export class Turnstile {
  private running = 0;
  private readonly perKey = new Map<string, number>();
  private readonly waiting: { key: string; go: () => void }[] = [];

  constructor(private readonly limits: { atOnce: number; perKey: number; waiting: number }) {}

  async pass<T>(key: string, work: () => Promise<T>): Promise<T> {
    if (!this.isFree(key)) {
      if (this.waiting.length >= this.limits.waiting) {
        throw new GitError('busy', 'Too many transfers at once. Try again in a few seconds.', { retry_after: 5 });
      }
      await new Promise<void>((go) => this.waiting.push({ key, go }));
    } else this.take(key);
    try {
      return await work();
    } finally {
      this.leave(key);
    }
  }

  private isFree(key: string): boolean {
    return this.running < this.limits.atOnce && (this.perKey.get(key) ?? 0) < this.limits.perKey;
  }

  private take(key: string): void {
    this.running += 1;
    this.perKey.set(key, (this.perKey.get(key) ?? 0) + 1);
  }

  private leave(key: string): void {
    this.running -= 1;
    const left = (this.perKey.get(key) ?? 1) - 1;
    if (left === 0) this.perKey.delete(key);
    else this.perKey.set(key, left);
    const at = this.waiting.findIndex((one) => this.isFree(one.key));
    const next = at === -1 ? undefined : this.waiting.splice(at, 1)[0];
    if (next === undefined) return;
    this.take(next.key);
    next.go();
  }
}
