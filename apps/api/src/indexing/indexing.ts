import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Importing } from '../imports/importing.js';
import type { Rooms } from '../rooms/rooms.js';
import { Housekeeping } from './housekeeping.js';
import { Mailing } from '../mail/mailing.js';
import { type JobData, Jobs } from './jobs.js';
import { type Left, MeaningUpkeep } from './meaning-upkeep.js';

// Long enough that a burst of writes is one job, short enough that packing never falls far behind.
const settleMs = 2_000;
const sweepEveryMs = 60_000;
// What was written is found by its meaning within two seconds; writes of a burst are still read together.
const readMs = 500;
const leftAfterMs: Record<Exclude<Left, 'nothing'>, number> = { more: 0, busy: 2_000 };
// Changes by another process, as the command line is one, wake nobody: they are found by the sweep after them.
const lookBackMs = 3 * sweepEveryMs;
// Looking at all wikis only finds what was missed.
const lookEveryMs = 10 * 60_000;

/** Wakes the job queue when a wiki changed, and works jobs off where this process is to. */
export class Indexing implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly jobs: Jobs;
  private readonly housekeeping: Housekeeping;
  private readonly meaning: MeaningUpkeep;
  private readonly mailing: Mailing;
  private readonly importing: Importing;

  constructor(private readonly rooms: Rooms) {
    const { config, database, log } = rooms;
    const onError = (err: Error) => log.error({ err }, 'job queue');
    this.jobs = new Jobs({ databaseUrl: database.url, redisUrl: config.redisUrl, onError });
    this.housekeeping = new Housekeeping(rooms);
    this.meaning = new MeaningUpkeep(rooms);
    this.mailing = new Mailing(rooms);
    this.importing = new Importing(rooms);
  }

  onApplicationBootstrap(): void {
    const { config, funnel, imports, meanings, outbox } = this.rooms;
    // A write is answered whether or not the queue could be woken: the sweep finds what it missed.
    funnel.onMoved(async ({ repository }) => {
      this.wake('wiki-changed', { wiki: repository }, settleMs);
      if (meanings !== null) this.wake('read-meaning', { wiki: repository }, readMs);
    });
    meanings?.onBehind((wiki) => this.wake('read-meaning', { wiki }, 0));
    outbox.onWaiting(() => this.wake('send-mails', {}, 0));
    imports.onWaiting((id) => this.wake('import', { import: id }, 0));
    if (config.jobs === 'inline') this.work();
  }

  /** Works jobs off in this process. */
  work(): void {
    this.jobs.work((job) => this.done(job));
    this.jobs.repeat('sweep', sweepEveryMs);
    this.jobs.repeat('send-mails', sweepEveryMs);
    if (this.rooms.meanings !== null) this.jobs.repeat('find-unread', lookEveryMs);
  }

  private async done({ name, data }: { name: string; data: JobData }): Promise<void> {
    const { wiki } = data;
    if (name === 'wiki-changed' && wiki !== undefined) return this.housekeeping.tend(wiki);
    if (name === 'read-meaning' && wiki !== undefined) return this.read(wiki);
    if (name === 'import' && data.import !== undefined) return this.bring(data.import);
    if (name === 'find-unread') return this.findUnread();
    if (name === 'send-mails') return this.mailing.sendAll();
    await this.housekeeping.sweep();
    for (const id of await this.importing.sweep()) this.wake('import', { import: id }, 0);
    await this.findUnread(new Date(Date.now() - lookBackMs));
  }

  private async read(wiki: string): Promise<void> {
    const left = await this.meaning.tend(wiki);
    if (left !== 'nothing') this.wake('read-meaning', { wiki }, leftAfterMs[left]);
  }

  private async findUnread(since?: Date): Promise<void> {
    for (const wiki of await this.meaning.lagging(since)) this.wake('read-meaning', { wiki }, 0);
  }

  private async bring(id: string): Promise<void> {
    if ((await this.importing.tend(id)) === 'busy') this.wake('import', { import: id }, leftAfterMs.busy);
  }

  private wake(name: string, data: JobData, afterMs: number): void {
    void this.jobs.add(name, data, afterMs).catch((err: unknown) => {
      this.rooms.log.warn({ err, ...data }, 'job queue not woken');
    });
  }

  async onApplicationShutdown(): Promise<void> {
    // An import may take minutes, and is taken up again by whoever starts next.
    this.importing.stop();
    await this.jobs.close();
    this.mailing.close();
  }
}
