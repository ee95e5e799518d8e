import { rm } from 'node:fs/promises';
import type { Rooms } from '../rooms/rooms.js';
import { indexFolder } from './index-folder.js';

const stuckAfterMs = 10 * 60_000;

type Needed = Pick<
  Rooms,
  'catalogue' | 'config' | 'imports' | 'maintenance' | 'meanings' | 'repositories' | 'wikis' | 'log'
>;

/** Brings what follows the repositories up to them, and clears away what is due. Everything here may run twice. */
export class Housekeeping {
  constructor(private readonly rooms: Needed) {}

  /** Brings one wiki's catalogue to its newest commit and its indexes in order, and packs its repository when that is due. */
  async tend(wiki: string): Promise<void> {
    const { catalogue, maintenance, repositories } = this.rooms;
    if (!(await repositories.exists(wiki))) return;
    await catalogue.catchUp(wiki);
    await catalogue.tidy();
    await maintenance.tidy(await repositories.open(wiki));
  }

  /** Finds what was missed: wikis that lag behind, half-made ones, deleted ones whose time is up. */
  async sweep(now = new Date()): Promise<void> {
    const { catalogue, imports, wikis } = this.rooms;
    const makings = await imports.makings();
    for (const wiki of await catalogue.lagging()) await this.each(wiki, () => catalogue.catchUp(wiki));
    for (const wiki of await wikis.stuck(new Date(now.getTime() - stuckAfterMs))) {
      if (makings.has(wiki)) continue;
      await this.each(wiki, () => this.remove(wiki, () => wikis.abandon(wiki)));
    }
    for (const wiki of await wikis.dueForErasure(now)) {
      await this.each(wiki, () => this.remove(wiki, () => wikis.erase(wiki)));
    }
  }

  private async remove(wiki: string, forget: () => Promise<void>): Promise<void> {
    await this.rooms.repositories.remove(wiki);
    await this.rooms.meanings?.forget(wiki);
    // A server that does not search by meaning now may have done so before, and chunks are texts of pages.
    await rm(indexFolder(this.rooms.config, wiki), { recursive: true, force: true });
    await this.rooms.catalogue.forget(wiki);
    // Last, so that a crash before it is found by the next sweep.
    await forget();
  }

  /** One wiki's trouble must not keep the others waiting. */
  private async each(wiki: string, work: () => Promise<void>): Promise<void> {
    await work().catch((err: unknown) => this.rooms.log.error({ err, wiki }, 'housekeeping failed'));
  }
}
