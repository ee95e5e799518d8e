import type { Ask, Lane } from './embedder-main.js';

/** A text that cannot be embedded, whatever state the process is in; the message says why. */
export class TextError extends Error {}

/** So many texts of a lane are with the process at a time: enough that it never waits, few enough to lose. */
const windows: Record<Lane, number> = { query: 8, bulk: 4 };
/** A process may be killed for no fault of a text; that it dies of the same one so often is no accident. */
const tries = 4;
const lanes = ['query', 'bulk'] as const;

/** Texts that were given together, and get their vectors together. */
interface Job {
  texts: readonly string[];
  lane: Lane;
  vectors: Float32Array[];
  next: number;
  answered: number;
  settle(error: Error | null): void;
}

interface Passage extends Ask {
  job: Job;
  at: number;
  sent: number;
}

/**
 * What is to be embedded, in the order in which it is: queries first. Knows which texts are with the process; when that
 * dies they are sent again, each alone, so that a text that kills it takes no other with it.
 */
export class EmbeddingQueue {
  private readonly jobs: Record<Lane, Set<Job>> = { query: new Set(), bulk: new Set() };
  private readonly again: Record<Lane, Passage[]> = { query: [], bulk: [] };
  private readonly underWay = new Map<number, Passage>();
  private lastId = 0;

  /** Nobody waits for anything, and nothing is with the process. */
  get isEmpty(): boolean {
    return this.jobs.query.size + this.jobs.bulk.size + this.underWay.size === 0;
  }

  /** Resolves to the vectors, when they are there; an aborted job is forgotten. */
  add(texts: readonly string[], lane: Lane, signal?: AbortSignal): Promise<Float32Array[]> {
    return new Promise((resolve, reject) => {
      const abort = () => job.settle(signal?.reason as Error);
      const settle = (error: Error | null) => {
        signal?.removeEventListener('abort', abort);
        this.forget(job);
        if (error === null) resolve(job.vectors);
        else reject(error);
      };
      const job: Job = { texts, lane, vectors: [], next: 0, answered: 0, settle };
      signal?.addEventListener('abort', abort, { once: true });
      this.jobs[lane].add(job);
    });
  }

  /** The text to send to the process now, if there is one. */
  next(): Ask | null {
    const all = [...this.underWay.values()];
    if (all.some(({ sent }) => sent > 1)) return null;
    for (const lane of lanes) {
      if (this.again[lane].length > 0 && all.length > 0) return null;
      const isFull = all.filter((passage) => passage.lane === lane).length >= windows[lane];
      const passage = this.again[lane].shift() ?? (isFull ? undefined : this.fresh(lane));
      if (passage !== undefined) return this.send(passage);
    }
    return null;
  }

  /** A text is answered. */
  answer(id: number, vector: Float32Array): void {
    const passage = this.take(id);
    if (passage === undefined) return;
    const { job, at } = passage;
    job.vectors[at] = vector;
    job.answered += 1;
    if (job.answered === job.texts.length) job.settle(null);
  }

  /** A text cannot be answered, and so neither can those it was given with. */
  refuse(id: number, reason: string): void {
    this.take(id)?.job.settle(new TextError(`A text could not be embedded: ${reason}`));
  }

  /** The process is gone: what was with it is sent again, or is given up. */
  lost(): void {
    for (const passage of [...this.underWay.values()].reverse()) {
      if (passage.sent < tries) this.again[passage.lane].unshift(passage);
      else passage.job.settle(new TextError(`A text ended the embedding process ${tries} times.`));
    }
    this.underWay.clear();
    // Some may be of jobs that nobody waits for any more.
    for (const lane of lanes) this.withoutForgotten(lane);
  }

  /** Another model was loaded: what is half done is done anew, since vectors of two models do not go together. */
  startOver(): void {
    for (const job of [...this.jobs.query, ...this.jobs.bulk])
      Object.assign(job, { vectors: [], next: 0, answered: 0 });
    for (const lane of lanes) this.again[lane] = [];
  }

  /** Nobody gets anything any more. */
  giveUp(error: Error): void {
    for (const job of [...this.jobs.query, ...this.jobs.bulk]) job.settle(error);
    this.underWay.clear();
  }

  private fresh(lane: Lane): Passage | undefined {
    for (const job of this.jobs[lane]) {
      const text = job.texts[job.next];
      if (text === undefined) continue;
      job.next += 1;
      return { id: (this.lastId += 1), lane, text, job, at: job.next - 1, sent: 0 };
    }
    return undefined;
  }

  private send(passage: Passage): Ask {
    passage.sent += 1;
    this.underWay.set(passage.id, passage);
    const { id, lane, text } = passage;
    return { id, lane, text };
  }

  private take(id: number): Passage | undefined {
    const passage = this.underWay.get(id);
    this.underWay.delete(id);
    return passage;
  }

  private forget(job: Job): void {
    this.jobs[job.lane].delete(job);
    this.withoutForgotten(job.lane);
  }

  private withoutForgotten(lane: Lane): void {
    this.again[lane] = this.again[lane].filter(({ job }) => this.jobs[lane].has(job));
  }
}
