import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Access, WikiId } from '@lib/acl';
import { Catalogue, Pages } from '@lib/wiki';
import { DoorError } from '../http/door-error.js';
import { Log } from '../log.js';

/** The last rebuild of a wiki's catalogue in this process. */
export type Rebuild = { startedAt: Date } & (
  { state: 'running' } | { state: 'complete'; endedAt: Date; pages: number } | { state: 'failed'; endedAt: Date }
);

/** Rebuilds catalogues in the background, one run per wiki, and remembers how each went. */
@Injectable()
export class Reindexing implements OnApplicationShutdown {
  private readonly rebuilds = new Map<WikiId, Rebuild>();
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly catalogue: Catalogue,
    private readonly pages: Pages,
    private readonly log: Log,
  ) {}

  start({ wiki: { id } }: Access<'wiki.reindex'>): { status: 'started' } {
    if (this.rebuilds.get(id)?.state === 'running') {
      throw new DoorError('reindex-running', 'The index of this wiki is being rebuilt; ask for its status.');
    }
    const startedAt = new Date();
    this.rebuilds.set(id, { state: 'running', startedAt });
    const run = this.rebuild(id, startedAt).finally(() => this.running.delete(run));
    this.running.add(run);
    return { status: 'started' };
  }

  async status({ wiki: { id } }: Access<'page.read'>): Promise<{ last: Rebuild | null; behind: number }> {
    const { behind } = await this.catalogue.status(id);
    return { last: this.rebuilds.get(id) ?? null, behind };
  }

  /** The database stays open until the last rebuild is through. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.running);
  }

  private async rebuild(id: WikiId, startedAt: Date): Promise<void> {
    try {
      await this.catalogue.rebuild(id);
      const pages = await this.pages.count(id);
      this.rebuilds.set(id, { state: 'complete', startedAt, endedAt: new Date(), pages });
    } catch (error) {
      this.log.error({ err: error, wiki: id }, 'rebuilding the catalogue failed');
      this.rebuilds.set(id, { state: 'failed', startedAt, endedAt: new Date() });
    }
  }
}
