import { Readable } from 'node:stream';
import { GitError } from './git-errors.js';

/** How much may be sent, and how long the sender may be silent. */
export interface IncomingLimits {
  maxBytes: number;
  /** Longest silence of the sender while we wait for it. */
  idleMs: number;
}

/** A request body, taken piece by piece within limits: looked into, streamed on, or thrown away to its end. */
export class IncomingBytes {
  private waiting: Buffer = Buffer.alloc(0);
  private received = 0;
  /** Why nothing more can be had: the sender broke off, fell silent or sent too much. */
  failure: Error | null = null;
  private readonly chunks: AsyncIterator<Buffer>;

  constructor(
    source: Readable,
    private readonly limits: IncomingLimits,
  ) {
    // Never asked to return: that would destroy the request, and with it the way back for our answer.
    this.chunks = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  /** The next bytes without taking them: `count` of them, or fewer at the end. */
  async peek(count: number): Promise<Buffer> {
    while (this.waiting.length < count) {
      const chunk = await this.next();
      if (chunk === null) break;
      this.waiting = Buffer.concat([this.waiting, chunk]);
    }
    return this.waiting.subarray(0, count);
  }

  /** Takes `count` bytes, or fewer at the end. */
  async take(count: number): Promise<Buffer> {
    const taken = await this.peek(count);
    this.waiting = this.waiting.subarray(taken.length);
    return taken;
  }

  /** All that is left, at once; for requests with small limits. */
  async takeAll(): Promise<Buffer> {
    const pieces = [this.waiting];
    this.waiting = Buffer.alloc(0);
    for (let piece = await this.next(); piece !== null; piece = await this.next()) pieces.push(piece);
    return Buffer.concat(pieces);
  }

  /** All that is left, as a stream; ending the stream early leaves the request alive. */
  stream(): Readable {
    return Readable.from(this.rest(), { objectMode: false });
  }

  /** Reads on and forgets; false when the sender is still not done after as much again as it was allowed. */
  async drain(): Promise<boolean> {
    this.waiting = Buffer.alloc(0);
    try {
      for (let more = 0; more <= this.limits.maxBytes;) {
        const chunk = await this.chunk();
        if (chunk === null) return true;
        more += chunk.length;
      }
    } catch {
      // The sender broke off or fell silent: there is nobody to be polite to.
    }
    return false;
  }

  private async *rest(): AsyncGenerator<Buffer> {
    const first = this.waiting;
    this.waiting = Buffer.alloc(0);
    if (first.length > 0) yield first;
    for (let chunk = await this.next(); chunk !== null; chunk = await this.next()) yield chunk;
  }

  private async next(): Promise<Buffer | null> {
    try {
      const chunk = await this.chunk();
      this.received += chunk?.length ?? 0;
      if (this.received > this.limits.maxBytes) throw this.tooMuch();
      return chunk;
    } catch (error) {
      this.failure ??= error instanceof Error ? error : new Error('the request broke off', { cause: error });
      throw error;
    }
  }

  private async chunk(): Promise<Buffer | null> {
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<never>((_, reject) => {
      const late = () => reject(new GitError('timed-out', 'Nothing more was sent, so the request was given up.'));
      timer = setTimeout(late, this.limits.idleMs);
    });
    try {
      const next = await Promise.race([this.chunks.next(), silence]);
      return next.done === true ? null : next.value;
    } finally {
      clearTimeout(timer);
    }
  }

  private tooMuch(): GitError {
    const limit = this.limits.maxBytes;
    return new GitError('too-large', `The request is larger than ${limit} bytes.`, { limit });
  }
}
