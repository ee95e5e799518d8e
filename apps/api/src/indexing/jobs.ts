import { setTimeout } from 'node:timers/promises';
import { createPostgresBackend, Queue, withBackend, Worker } from 'bullmq';
import { RedisLink } from './redis-link.js';

/** What a job says: where to look, never what happened. */
export interface JobData {
  wiki?: string;
  import?: string;
}

interface JobQueue {
  add(name: string, data: JobData, options: object): Promise<unknown>;
  upsertJobScheduler(
    id: string,
    repeat: { every: number },
    template: { name: string; data: JobData; opts: object },
  ): Promise<unknown>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  close(): Promise<void>;
}

interface JobWorker {
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'failed', listener: (job: unknown, error: Error) => void): unknown;
  close(force?: boolean): Promise<void>;
}

type Process = (job: { name: string; data: JobData }) => Promise<void>;

interface Wanted {
  databaseUrl: string;
  redisUrl: string | undefined;
  onError: (error: Error) => void;
}

const queueName = 'wikibot';
const atOnce = 2;
// Enough to tell the queue that the last jobs are done.
const farewellMs = 3_000;
const settings = { lockDuration: 15_000, stalledInterval: 10_000, maxStalledCount: 10 };
const kept = {
  removeOnComplete: true,
  removeOnFail: { age: 86_400 },
  attempts: 3,
  backoff: { type: 'exponential', delay: 1000 },
};

/** The job queue: on PostgreSQL, or on Redis where one is configured. It only wakes; losing it loses no work. */
export class Jobs {
  private readonly redis: RedisLink | null;
  private readonly queue: JobQueue;
  private worker: JobWorker | null = null;
  private readonly running = new Set<Promise<void>>();
  private readonly onError: (error: Error) => void;

  constructor(private readonly wanted: Wanted) {
    const { redisUrl, onError } = wanted;
    this.redis = redisUrl === undefined ? null : new RedisLink(redisUrl, onError);
    this.onError = this.redis?.report.bind(this.redis) ?? onError;
    this.queue = this.openQueue();
    this.queue.on('error', this.onError);
  }

  /** Asks for a job soon; what asks again for the same place meanwhile is the same job. */
  async add(name: string, data: JobData, delayMs: number): Promise<void> {
    // In an outage these would gather in memory; a sweep finds what they were about.
    if (this.redis?.isAway) throw new Error('Redis is away');
    const deduplication = { id: `${name}-${data.wiki ?? data.import ?? 'all'}`, keepLastIfActive: true };
    await this.queue.add(name, data, { ...kept, delay: delayMs, deduplication });
  }

  /** Runs a job again and again, once for all processes together. */
  repeat(name: string, everyMs: number): void {
    const template = { name, data: {}, opts: kept };
    const schedule = () => void this.queue.upsertJobScheduler(name, { every: everyMs }, template).catch(this.onError);
    if (this.redis === null) schedule();
    else this.redis.whenever(schedule);
  }

  /** Works off jobs in this process. */
  work(process: Process): void {
    this.worker = this.openWorker((job) => {
      const run = process(job).finally(() => this.running.delete(run));
      this.running.add(run);
      return run;
    });
    this.worker.on('error', this.onError);
    this.worker.on('failed', (_, error) => this.onError(error));
  }

  /** Takes no more jobs, lets those under way finish, and lets go. */
  async close(): Promise<void> {
    this.redis?.startClosing();
    if (this.worker !== null) await this.closeWorker(this.worker);
    await this.queue.close();
    this.redis?.close();
  }

  /** A worker may wait for a Redis that went away for ever; once its jobs are through, nobody waits for it. */
  private async closeWorker(worker: JobWorker): Promise<void> {
    const given = new AbortController();
    const closed = worker.close(this.redis?.isAway ?? false).finally(() => given.abort());
    const jobsDone = Promise.allSettled(this.running);
    const waitedEnough = jobsDone.then(() => setTimeout(farewellMs, undefined, { signal: given.signal }));
    await Promise.race([closed, waitedEnough.catch(() => {})]);
    await jobsDone;
  }

  private openQueue(): JobQueue {
    if (this.redis !== null) return new Queue(queueName, { connection: this.redis.client });
    return new postgres.Queue(queueName, { connection: postgresConnection(this.wanted.databaseUrl) });
  }

  private openWorker(process: Process): JobWorker {
    const options = { ...settings, concurrency: atOnce };
    if (this.redis !== null) return new Worker(queueName, process, { ...options, connection: this.redis.client });
    return new postgres.Worker(queueName, process, {
      ...options,
      connection: postgresConnection(this.wanted.databaseUrl),
    });
  }
}

const postgres = withBackend(createPostgresBackend);
const postgresConnection = (connectionString: string) => ({
  connectionString,
  schema: 'bullmq',
  migrate: true,
  max: 3,
});
