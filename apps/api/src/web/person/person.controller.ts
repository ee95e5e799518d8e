import { Controller, Get, Req } from '@nestjs/common';
import { People, Wikis } from '@lib/acl';
import { Pages } from '@lib/wiki';
import { Addresses } from '../../http/addresses.js';
import { DoorError } from '../../http/door-error.js';
import { type DoorRequest, surfaceOfRequest, wikiHostOfRequest } from '../../http/door-request.js';
import { HtmlPage } from '../../http/html-page.js';
import { Moved } from '../../http/moved.js';
import { Needs } from '../../http/needs.js';
import { htmlAnswer } from '../html.js';
import { Sites } from '../layout/sites.js';
import { PersonScreen } from './person-screen.js';

const mostWikis = 500;

/** The page of a person: their wikis, as far as whoever asks may see them. */
@Controller('~person')
export class PersonController {
  constructor(
    private readonly people: People,
    private readonly wikis: Wikis,
    private readonly pages: Pages,
    private readonly addresses: Addresses,
    private readonly sites: Sites,
  ) {}

  @Get()
  @Needs('nothing')
  async show(@Req() request: DoorRequest): Promise<HtmlPage> {
    const surface = surfaceOfRequest(request);
    const site = this.sites.of(request);
    const person = surface.kind === 'person' ? await this.people.find(surface.username) : null;
    if (surface.kind !== 'person' || person === null) throw new DoorError('not-found', 'Nobody is called so here.');
    const { username, displayName } = person;
    const home = this.addresses.homeOfPerson(username, wikiHostOfRequest(request));
    if (home !== null) throw new Moved(home + surface.path);
    const found = await this.wikis.ofOwner(site.actor, { owner: username, limit: mostWikis + 1 });
    const seen = found.slice(0, mostWikis);
    const extents = await this.pages.extents(seen.map(({ wiki }) => wiki.id));
    const isOwn = site.actor.username === username;
    return htmlAnswer(
      PersonScreen({
        ...{ ...site, username, isOwn, isCut: found.length > mostWikis },
        // A name that stands in no wiki one may read is not told; a username is part of addresses.
        displayName: isOwn || seen.length > 0 ? displayName : null,
        address: this.addresses.person(username),
        wikis: seen.map((one) => ({
          ...{ ...one, address: this.addresses.wikiLink(one.wiki) },
          extent: extents.get(one.wiki.id) ?? null,
        })),
      }),
    );
  }
}
