import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { Rooms } from '../rooms/rooms.js';
import { Housekeeping } from './housekeeping.js';
import { Jobs } from './jobs.js';

// Long enough that a burst of writes is one job, short enough that packing never falls far behind.
const settleMs = 2_000;
const sweepEveryMs = 60_000;

/** Wakes the job queue when a wiki changed, and works jobs off where this process is to. */
export class Indexing implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly jobs: Jobs;
  private readonly housekeeping: Housekeeping;

  constructor(private readonly rooms: Rooms) {
    const { config, database, log } = rooms;
    const onError = (err: Error) => log.error({ err }, 'job queue');
    this.jobs = new Jobs({ databaseUrl: database.url, redisUrl: config.redisUrl, onError });
    this.housekeeping = new Housekeeping(rooms);
  }

  onApplicationBootstrap(): void {
    const { config, funnel, log } = this.rooms;
    // A write is answered whether or not the queue could be woken: the sweep finds what it missed.
    funnel.onMoved(async ({ repository }) => {
      void this.jobs.add('wiki-changed', { wiki: repository }, settleMs).catch((err: unknown) => {
        log.warn({ err, wiki: repository }, 'job queue not woken');
      });
    });
    if (config.jobs === 'inline') this.work();
  }

  /** Works jobs off in this process. */
  work(): void {
    this.jobs.work(({ name, data }) =>
      name === 'wiki-changed' && data.wiki !== undefined
        ? this.housekeeping.tend(data.wiki)
        : this.housekeeping.sweep(),
    );
    this.jobs.repeat('sweep', sweepEveryMs);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.jobs.close();
  }
}
