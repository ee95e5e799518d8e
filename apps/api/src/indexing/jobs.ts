import { type ConnectionOptions, createPostgresBackend, Queue, withBackend, Worker } from 'bullmq';

/** What a job says: where to look, never what happened. */
export interface JobData {
  wiki?: string;
}

interface JobQueue {
  add(name: string, data: JobData, options: object): Promise<unknown>;
  upsertJobScheduler(
    id: string,
    repeat: { every: number },
    template: { name: string; data: JobData },
  ): Promise<unknown>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  close(): Promise<void>;
}

interface JobWorker {
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'failed', listener: (job: unknown, error: Error) => void): unknown;
  close(): Promise<void>;
}

type Process = (job: { name: string; data: JobData }) => Promise<void>;

interface Wanted {
  databaseUrl: string;
  redisUrl: string | undefined;
  onError: (error: Error) => void;
}

const queueName = 'wikibot';
const atOnce = 2;
const settings = { lockDuration: 60_000, stalledInterval: 15_000, maxStalledCount: 10 };
const kept = {
  removeOnComplete: true,
  removeOnFail: { age: 86_400 },
  attempts: 3,
  backoff: { type: 'exponential', delay: 1000 },
};

/** The job queue: on PostgreSQL, or on Redis where one is configured. It only wakes; losing it loses no work. */
export class Jobs {
  private readonly queue: JobQueue;
  private worker: JobWorker | null = null;

  constructor(private readonly wanted: Wanted) {
    this.queue = this.openQueue();
    this.queue.on('error', wanted.onError);
  }

  /** Asks for a job soon; what asks again for the same wiki meanwhile is the same job. */
  async add(name: string, data: JobData, delayMs: number): Promise<void> {
    const deduplication = { id: `${name}-${data.wiki ?? 'all'}`, keepLastIfActive: true };
    await this.queue.add(name, data, { ...kept, delay: delayMs, deduplication });
  }

  /** Runs a job again and again, once for all processes together. */
  async repeat(name: string, everyMs: number): Promise<void> {
    await this.queue.upsertJobScheduler(name, { every: everyMs }, { name, data: {} });
  }

  /** Works off jobs in this process. */
  work(process: Process): void {
    this.worker = this.openWorker(process);
    this.worker.on('error', this.wanted.onError);
    this.worker.on('failed', (_, error) => this.wanted.onError(error));
  }

  async close(): Promise<void> {
    await this.worker?.close();
    await this.queue.close();
  }

  private openQueue(): JobQueue {
    const { databaseUrl, redisUrl } = this.wanted;
    if (redisUrl !== undefined) return new Queue(queueName, { connection: redis(redisUrl) });
    return new postgres.Queue(queueName, { connection: postgresConnection(databaseUrl) });
  }

  private openWorker(process: Process): JobWorker {
    const { databaseUrl, redisUrl } = this.wanted;
    const options = { ...settings, concurrency: atOnce };
    if (redisUrl !== undefined) return new Worker(queueName, process, { ...options, connection: redis(redisUrl) });
    return new postgres.Worker(queueName, process, { ...options, connection: postgresConnection(databaseUrl) });
  }
}

const postgres = withBackend(createPostgresBackend);
const postgresConnection = (connectionString: string) => ({
  connectionString,
  schema: 'bullmq',
  migrate: true,
  max: 3,
});
const redis = (url: string): ConnectionOptions => ({ url, maxRetriesPerRequest: null });
