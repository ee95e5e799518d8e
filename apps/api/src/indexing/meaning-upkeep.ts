import { manualWiki } from '@lib/acl';
import type { Rooms } from '../rooms/rooms.js';
import { alone } from './database-lock.js';

type Needed = Pick<Rooms, 'catalogue' | 'database' | 'meanings' | 'repositories' | 'log'>;

/** What is left to do for the vectors of a wiki. */
export type Left = 'nothing' | 'more' | 'busy';

// A wiki of ten thousand pages takes minutes; the others get their turns meanwhile.
const turnMs = 5_000;

/** Keeps the vectors of wikis in step with their pages, one process at a time for each wiki. */
export class MeaningUpkeep {
  constructor(private readonly rooms: Needed) {}

  /** Reads on for a while. */
  async tend(wiki: string): Promise<Left> {
    const { database, meanings, repositories } = this.rooms;
    if (meanings === null || meanings.model.state === 'failed') return 'nothing';
    // The documentation lies in no repository.
    if (wiki !== manualWiki.id && !(await repositories.exists(wiki))) return 'nothing';
    let isDone = false;
    const isMine = await alone(database.source, `vectors ${wiki}`, async () => {
      isDone = await meanings.indexer.catchUp(wiki, { forMs: turnMs });
    });
    return !isMine ? 'busy' : isDone ? 'nothing' : 'more';
  }

  /** Wikis whose vectors seem to be behind their catalogue; those alone that changed since a moment, if one is given. */
  async lagging(since?: Date): Promise<string[]> {
    const { catalogue, meanings } = this.rooms;
    if (meanings === null || meanings.model.state === 'failed') return [];
    const found: string[] = [];
    for (const { wiki, commit } of await catalogue.positions(since)) {
      if (await meanings.indexer.seemsBehind(wiki, commit)) found.push(wiki);
    }
    return found;
  }
}
