import { Addresses } from '../http/addresses.js';
import type { Rooms } from '../rooms/rooms.js';
import { WikiCards } from './wiki-cards.js';
import { WikiOpening } from './wiki-opening.js';

/** The same opening of a wiki for the command line, which has rooms and no server. */
export function openingOf(rooms: Needed): WikiOpening {
  const { acl, wikis, repositories, settings, pages, catalogue, writer, config } = rooms;
  const addresses = new Addresses(config);
  const cards = new WikiCards(acl, wikis, settings, pages, catalogue, addresses);
  return new WikiOpening(acl, wikis, repositories, settings, writer, cards, addresses);
}

type Needed = Pick<Rooms, 'acl' | 'wikis' | 'repositories' | 'settings' | 'pages' | 'catalogue' | 'writer' | 'config'>;
