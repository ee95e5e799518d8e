import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aDatabase } from '../../../postgres/testing/a-database.js';
import { Mirror, type MirroredSettings } from '../../src/index.js';
import { type Room, roomOn, stored } from './a-room.js';

export type MirroredRoom = Awaited<ReturnType<typeof aMirroredRoom>>;

/** A room with alice, bob and carol that writes a mirror, and what tests ask its files. */
export async function aMirroredRoom() {
  const root = await mkdtemp(join(tmpdir(), 'wikibot-mirror-'));
  const settings = new Map<string, object>();
  const kept: MirroredSettings = {
    of: async (wiki) => settings.get(wiki) ?? {},
    set: async (wiki, value) => void settings.set(wiki, value),
  };
  const rooms: Room[] = [];
  const mirrorOf = (room: Pick<Room, 'database'>) => new Mirror({ database: room.database, root, settings: kept });
  const another = async () => {
    const database = await aDatabase(stored);
    const made = roomOn(database, { mirror: mirrorOf({ database }) });
    rooms.push(made);
    return made;
  };
  const room = await another();
  const alice = { username: 'alice', email: 'alice@example.org', isAdmin: true };
  for (const person of [alice, { username: 'bob' }, { username: 'carol' }])
    await room.people.create({ ...person, password: 'correct horse' });
  return {
    root,
    /** The settings of each wiki, which another room of the product keeps. */
    settings,
    room,
    /** The mirror of a room over this data folder. */
    mirrorOf,
    /** A room on an empty database, over the same data folder. */
    another,
    /** A wiki of alice's that bob may edit and carol may read. */
    shared: () => sharedWiki(room, settings),
    fileOf: (wiki: string) => join(root, 'repositories', wiki, 'wikibot.json'),
    userFile: async (username: string) => join(root, 'users', `${(await room.people.find(username))?.id ?? ''}.json`),
    read: async (path: string) => JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>,
    close: async () => {
      for (const one of rooms.splice(0)) await one.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

async function sharedWiki(room: Room, settings: Map<string, object>) {
  const { wiki } = await room.wiki('alice', 'notes', { purpose: 'To remember', customSlug: 'field-notes' });
  settings.set(wiki.id, { linkOrder: 'label-first' });
  const manage = await room.acl.require('members.manage', await room.as('alice'), { id: wiki.id });
  await room.members.set(manage, 'bob', 'editor');
  await room.members.set(manage, 'carol', 'viewer');
  return { wiki, manage };
}
