import { Redis } from 'ioredis';

const longestPauseMs = 2_000;

/** The connection to the Redis of the job queue, which may be away for a while without anyone waiting for it. */
export class RedisLink {
  readonly client: Redis;
  private isOutageSaid = false;
  private isClosing = false;

  constructor(
    url: string,
    private readonly onError: (error: Error) => void,
  ) {
    this.client = new Redis(url, {
      // What a worker asks for waits as long as it takes, until the process is told to stop.
      maxRetriesPerRequest: null,
      disconnectTimeout: 500,
      retryStrategy: (times) => (this.isClosing ? null : Math.min(times * 200, longestPauseMs)),
    });
    this.client.on('ready', () => (this.isOutageSaid = false));
    this.client.on('error', (error) => this.report(error));
  }

  get isAway(): boolean {
    return this.client.status !== 'ready';
  }

  /** Does it now and whenever Redis has come back, since it may have forgotten everything meanwhile. */
  whenever(work: () => void): void {
    this.client.on('ready', work);
    if (!this.isAway) work();
  }

  /** Passes an error on; of an outage only the first, not one for every attempt to reconnect. */
  report(error: Error): void {
    if (this.isAway && this.isOutageSaid) return;
    this.isOutageSaid = this.isAway;
    // A refused AUTH carries its arguments, and errors go to the log.
    if ('command' in error) delete error.command;
    this.onError(error);
  }

  /** From here on an attempt to reconnect that fails is the last, and ends what waits for it. */
  startClosing(): void {
    this.isClosing = true;
  }

  close(): void {
    this.client.disconnect();
  }
}
