import { Injectable } from '@nestjs/common';
import { type Access, Acl, type Actor, Wikis, type WikiId } from '@lib/acl';
import { ChangesAcross, Drafts, type Newest, Pages, Visits, type WikiNews } from '@lib/wiki';
import { Addresses } from '../../http/addresses.js';
import type { DoorRequest } from '../../http/door-request.js';
import { DemoOffers } from '../../imports/demo-offers.js';
import { Sites } from '../layout/sites.js';
import type { Desk, DeskWiki } from './desk.js';

const most = { wikis: 30, news: 8, newest: 4, newestChanges: 3, drafts: 8 };

interface Known {
  accesses: readonly Access<'history.read'>[];
  newest: ReadonlyMap<WikiId, Newest>;
  wikis: ReadonlyMap<WikiId, DeskWiki>;
}

/** Puts together what people find when they come back: a handful of questions to the database, however many wikis. */
@Injectable()
export class Desks {
  constructor(
    private readonly acl: Acl,
    private readonly wikis: Wikis,
    private readonly pages: Pages,
    private readonly changes: ChangesAcross,
    private readonly visits: Visits,
    private readonly drafts: Drafts,
    private readonly addresses: Addresses,
    private readonly sites: Sites,
    private readonly demos: DemoOffers,
  ) {}

  async of(request: DoorRequest, { hasAll }: { hasAll: boolean }): Promise<Desk> {
    const site = this.sites.of(request);
    const { actor } = site;
    const accesses = await this.acl.everywhere('history.read', actor);
    const writable = accesses
      .filter((access) => this.acl.can(access, 'page.write'))
      .map((access) => this.acl.also(access, 'page.write'));
    const [newest, drafts, hasRestorable, isDemoOffered] = await Promise.all([
      this.changes.newest(accesses),
      this.drafts.mine(writable, most.drafts),
      this.wikis.hasRestorable(actor),
      accesses.length === 0 && this.demos.demoOffered(actor),
    ]);
    const sorted = accesses.toSorted((one, other) => timeOf(newest, other) - timeOf(newest, one));
    const shown = hasAll ? sorted : sorted.slice(0, most.wikis);
    const extents = await this.pages.extents(shown.map(({ wiki }) => wiki.id));
    const wikis = new Map(sorted.map((access) => [access.wiki.id, this.wikiOf(access, newest, extents)]));
    return {
      ...site,
      ...(await this.newsOf(actor, { accesses: sorted, newest, wikis })),
      wikis: shown.flatMap(({ wiki }) => wikis.get(wiki.id) ?? []),
      total: accesses.length,
      drafts: drafts.flatMap(({ wiki, ...draft }) => {
        const of = wikis.get(wiki);
        return of === undefined ? [] : [{ ...draft, wiki: of }];
      }),
      hasRestorable,
      isDemoOffered,
      ownPage: this.addresses.personLink(actor.username ?? ''),
    };
  }

  private wikiOf(
    { wiki, role }: Access,
    newest: Known['newest'],
    extents: ReadonlyMap<WikiId, { pages: number }>,
  ): DeskWiki {
    const pages = extents.get(wiki.id)?.pages ?? 0;
    return { wiki, role, address: this.addresses.wikiLink(wiki), pages, changedAt: newest.get(wiki.id)?.at ?? null };
  }

  /** What changed since they were here before; where nothing did, or they never were, the newest that did. */
  private async newsOf(actor: Actor, known: Known): Promise<Pick<Desk, 'since' | 'isNew' | 'news' | 'others'>> {
    const { accesses, newest, wikis } = known;
    const seqs = new Map([...newest].map(([wiki, { seq }]) => [wiki, seq]));
    const last = actor.kind === 'person' && actor.userId !== null ? await this.visits.look(actor.userId, seqs) : null;
    const changed = accesses.flatMap((access) => {
      const { id, createdAt } = access.wiki;
      // One that was made since is new as a whole; of one that they were let into since, nothing is.
      const seq = last?.seen.get(id) ?? (last !== null && createdAt > last.at ? 0 : null);
      return seq !== null && seq < (seqs.get(id) ?? 0) ? [{ access, seq }] : [];
    });
    const told = (all: readonly WikiNews[]) =>
      all.flatMap((news) => {
        const of = wikis.get(news.wiki);
        return of === undefined ? [] : [{ ...news, of }];
      });
    const news = told(await this.changes.since(changed.slice(0, most.news)));
    if (news.length > 0)
      return { since: last?.at ?? null, isNew: true, news, others: Math.max(0, changed.length - most.news) };
    const lately = accesses.slice(0, most.newest).map((access) => ({ access, seq: 0 }));
    const found = await this.changes.since(lately, { limit: most.newestChanges, hasOwn: true });
    return { since: last?.at ?? null, isNew: false, news: told(found), others: 0 };
  }
}

const timeOf = (newest: ReadonlyMap<WikiId, Newest>, { wiki }: Access): number =>
  (newest.get(wiki.id)?.at ?? wiki.createdAt).getTime();
