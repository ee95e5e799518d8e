import type { DataSource } from 'typeorm';
import { aDatabase } from '../../../postgres/testing/a-database.js';
import {
  type AccessCache,
  Acl,
  aclEntities,
  aclMigrations,
  Actors,
  Members,
  type Mirror,
  type NewWiki,
  People,
  Plans,
  Tokens,
  Wikis,
} from '../../src/index.js';

export const stored = { entities: aclEntities, migrations: aclMigrations };

interface Given {
  billing?: 'on' | 'off';
  cache?: AccessCache;
  mirror?: Mirror;
  now?: () => Date;
}

/** The classes of the room on a database, and what tests do with them all the time. */
export function roomOn(database: DataSource, { billing = 'off', ...more }: Given = {}) {
  const given = { database, plans: new Plans({ billing }), ...more };
  const [acl, actors, people, wikis] = [new Acl(given), new Actors(given), new People(given), new Wikis(given)];
  const as = (username: string) => actors.byUsername(username, 'rest');
  const create = async (owner: string, wanted: Partial<NewWiki> & { slug: string }) =>
    wikis.create(acl.requireAccount('wiki.create', await as(owner)), { name: wanted.slug, ...wanted });
  return {
    database,
    acl,
    actors,
    people,
    wikis,
    members: new Members(given),
    tokens: new Tokens(given),
    as,
    /** Makes a wiki and leaves it half-made. */
    begin: create,
    /** Makes a wiki and opens it. */
    wiki: async (owner: string, slug: string, more: Partial<NewWiki> = {}) => {
      const made = await create(owner, { slug, ...more });
      await wikis.activate(made.wiki.id);
      return made;
    },
    close: () => database.destroy(),
  };
}

export type Room = ReturnType<typeof roomOn>;

/** A room with people in it, on a database of its own. */
export async function aRoom(usernames: readonly string[], given: Given = {}): Promise<Room> {
  const room = roomOn(await aDatabase(stored), given);
  for (const username of usernames) await room.people.create({ username });
  return room;
}

/** The code of the refusal, or 'done'. Anything but an error of the room fails the test. */
export async function outcome(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'done';
  } catch (error) {
    if ((error as Error).name !== 'AclError') throw error;
    return (error as { code: string }).code;
  }
}
