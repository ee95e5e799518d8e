import type { OnApplicationShutdown } from '@nestjs/common';
import type { Access, WikiId } from '@lib/acl';
import { type IndexStatus, SearchError } from '@lib/search';
import { DoorError } from '../http/door-error.js';
import type { Rooms } from '../rooms/rooms.js';
import { alone } from './database-lock.js';
import { indexFolder } from './index-folder.js';
import { beatMs, lastRebuild, type Rebuild, type RebuildProgress, recordRebuild } from './rebuild-record.js';

/** Where the index of a wiki stands. */
export interface ReindexStatus {
  last: Rebuild | null;
  /** Commits that lists and words are behind. */
  behind: number;
  /** Null where the server does not search by meaning, or cannot at the moment. */
  meaning: IndexStatus | null;
  /** Why meanings cannot be searched, if so. */
  reason?: string;
}

/** Rebuilds lists, words and vectors of wikis in the background, one run per wiki. */
export class Reindexing implements OnApplicationShutdown {
  private readonly running = new Set<Promise<unknown>>();
  private readonly ending = new AbortController();

  constructor(private readonly rooms: Rooms) {}

  /** Starts a rebuild; refused with `reindex-running` while one is under way in any process. */
  async start({ wiki: { id } }: Access<'wiki.reindex'>): Promise<{ status: 'started' }> {
    const isStarted = await new Promise<boolean>((resolve, reject) => {
      const run = alone(this.rooms.database.source, `rebuild ${id}`, async () => {
        const record = new RunRecord(this.folder(id), this.rooms.log);
        // Whoever was told that it has started is told so by its status, too.
        await record.begin();
        resolve(true);
        await this.rebuild(id, record);
      })
        .then(resolve, reject)
        .finally(() => this.running.delete(run));
      this.running.add(run);
    });
    if (isStarted) return { status: 'started' };
    throw new DoorError('reindex-running', 'The index of this wiki is being rebuilt; ask for its status.');
  }

  async status({ wiki: { id } }: Access<'page.read'>): Promise<ReindexStatus> {
    const [{ behind }, last] = await Promise.all([this.rooms.catalogue.status(id), lastRebuild(this.folder(id))]);
    if (this.rooms.meanings === null)
      return { last, behind, meaning: null, reason: 'Search by meaning is off on this server.' };
    try {
      return { last, behind, meaning: await this.rooms.meanings.indexer.status(id) };
    } catch (error) {
      if (!(error instanceof SearchError)) throw error;
      return { last, behind, meaning: null, reason: error.message };
    }
  }

  /** The database stays open until the last rebuild is through; reading for meaning, which takes long, is given up. */
  async onApplicationShutdown(): Promise<void> {
    this.ending.abort(new Error('The server stops.'));
    await Promise.all(this.running);
  }

  private async rebuild(id: WikiId, record: RunRecord): Promise<void> {
    try {
      await this.rooms.catalogue.rebuild(id);
      await this.readAnew(id, record);
      await record.end({ state: 'complete', endedAt: new Date(), pages: await this.rooms.pages.count(id) });
    } catch (error) {
      this.rooms.log.error({ err: error, wiki: id }, 'rebuilding the index failed');
      await record.end({ state: 'failed', endedAt: new Date() });
    }
  }

  private async readAnew(id: WikiId, record: RunRecord): Promise<void> {
    // Without a model words are rebuilt all the same; vectors follow when there is one.
    if (this.rooms.meanings === null || this.rooms.meanings.model.state === 'failed') return;
    const { signal } = this.ending;
    const onProgress = (progress: { done: number; pages: number }) => record.move({ step: 'meaning', ...progress });
    await this.rooms.meanings.indexer.rebuild(id, { signal, onProgress });
  }

  private folder(id: WikiId): string {
    return indexFolder(this.rooms.config, id);
  }
}

type End = { state: 'complete'; endedAt: Date; pages: number } | { state: 'failed'; endedAt: Date };

/** Records one run from its start to its end. */
class RunRecord {
  private readonly startedAt = new Date();
  private progress: RebuildProgress = { step: 'lists', done: 0, pages: 0 };
  private readonly beat = setInterval(() => this.write(), beatMs).unref();
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly folder: string,
    private readonly log: Rooms['log'],
  ) {}

  async begin(): Promise<void> {
    this.write();
    await this.writing;
  }

  move({ step, done, pages }: RebuildProgress): void {
    this.progress = { step, done, pages };
  }

  async end(end: End): Promise<void> {
    clearInterval(this.beat);
    this.put({ ...end, startedAt: this.startedAt });
    await this.writing;
  }

  private write(): void {
    this.put({ state: 'running', startedAt: this.startedAt, progress: this.progress });
  }

  private put(rebuild: Rebuild): void {
    const write = () => recordRebuild(this.folder, rebuild);
    this.writing = this.writing
      .then(write)
      .catch((err: unknown) => this.log.warn({ err }, 'a rebuild is not recorded'));
  }
}
