import type { Person } from '@lib/acl';
import type { Rooms } from '../rooms/rooms.js';

/** Removes an account that owns no wiki, with what every room keeps for its person alone. */
export async function removeAccount(rooms: Needed, username: string): Promise<Person> {
  const person = await rooms.people.remove(username);
  const { drafts, visits, imports } = rooms;
  for (const room of [drafts, visits, imports]) await room.dropAll(person.id);
  return person;
}

type Needed = Pick<Rooms, 'people' | 'drafts' | 'visits' | 'imports'>;
