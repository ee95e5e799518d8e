import { GitError } from './git-errors.js';

/** How many may be inside, and how many and how long may wait. */
export interface TurnstileLimits {
  atOnce: number;
  perKey: number;
  waiting: number;
  /** Longest wait for a place. */
  patienceMs: number;
}

interface Waiting {
  keys: string[];
  go: () => void;
}

const busy = (): GitError =>
  new GitError('busy', 'Too many transfers at once. Try again in a few seconds.', { retry_after: 5 });

/** Lets a bounded number of pieces of work run at once, altogether and per key; the rest queue, and beyond that are refused. */
export class Turnstile {
  private running = 0;
  private readonly perKey = new Map<string, number>();
  private waiting: Waiting[] = [];

  constructor(private readonly limits: TurnstileLimits) {}

  /** Runs the work when there is a place for all of its keys; an aborted signal gives up the place in the queue. */
  async pass<T>(keys: string[], work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (this.isFree(keys)) this.take(keys);
    else await this.queue(keys, signal);
    try {
      return await work();
    } finally {
      this.leave(keys);
    }
  }

  private queue(keys: string[], signal?: AbortSignal): Promise<void> {
    if (this.waiting.length >= this.limits.waiting || signal?.aborted === true) return Promise.reject(busy());
    return new Promise((resolve, reject) => {
      const settle = (then: () => void) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', giveUp);
        this.waiting = this.waiting.filter((one) => one !== mine);
        then();
      };
      const giveUp = () => settle(() => reject(busy()));
      const mine: Waiting = { keys, go: () => settle(resolve) };
      const timer = setTimeout(giveUp, this.limits.patienceMs);
      signal?.addEventListener('abort', giveUp, { once: true });
      this.waiting.push(mine);
    });
  }

  private isFree(keys: string[]): boolean {
    const roomy = (key: string) => (this.perKey.get(key) ?? 0) < this.limits.perKey;
    return this.running < this.limits.atOnce && keys.every(roomy);
  }

  private take(keys: string[]): void {
    this.running += 1;
    for (const key of keys) this.perKey.set(key, (this.perKey.get(key) ?? 0) + 1);
  }

  private leave(keys: string[]): void {
    this.running -= 1;
    for (const key of keys) {
      const left = (this.perKey.get(key) ?? 1) - 1;
      if (left === 0) this.perKey.delete(key);
      else this.perKey.set(key, left);
    }
    const next = this.waiting.find((one) => this.isFree(one.keys));
    if (next === undefined) return;
    // The place is taken here, so that nobody who comes now gets in before the one who waited.
    this.take(next.keys);
    next.go();
  }
}
