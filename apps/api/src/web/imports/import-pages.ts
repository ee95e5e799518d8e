import { Injectable } from '@nestjs/common';
import { type Access, type AccountAccess, Acl, Wikis } from '@lib/acl';
import { type ImportRecord, ImportRecords, type ImportWanted, Pages, PageTexts } from '@lib/wiki';
import type { FastifyReply } from 'fastify';
import { Addresses } from '../../http/addresses.js';
import type { DoorRequest } from '../../http/door-request.js';
import { HtmlPage } from '../../http/html-page.js';
import { SessionCookies } from '../../http/session-cookies.js';
import { DemoOffers } from '../../imports/demo-offers.js';
import { ImportFolders } from '../../imports/import-folders.js';
import { htmlAnswer } from '../html.js';
import { Sites } from '../layout/sites.js';
import { homes } from '../reading/homes.js';
import { whetherMissing } from '../whether-missing.js';
import { wantedAtFirst } from './import-defaults.js';
import { ImportScreen } from './import-screen.js';
import type { ImportShown } from './import-shown.js';
import { ImportsScreen } from './imports-screen.js';

type Account = AccountAccess<'wiki.create'>;

/** What the pages of imports are made with. */
@Injectable()
export class ImportPages {
  constructor(
    private readonly acl: Acl,
    private readonly imports: ImportRecords,
    private readonly pages: Pages,
    private readonly texts: PageTexts,
    private readonly folders: ImportFolders,
    private readonly demos: DemoOffers,
    private readonly wikis: Wikis,
    private readonly addresses: Addresses,
    private readonly sites: Sites,
    private readonly cookies: SessionCookies,
  ) {}

  /** Where a wiki can be brought from. */
  async all(
    access: Account,
    { fault = null, url = '' }: { fault?: string | null; url?: string },
    request: DoorRequest,
    reply: FastifyReply,
  ): Promise<HtmlPage> {
    const [imports, isDemoOffered] = await Promise.all([
      this.imports.list(access),
      this.demos.demoOffered(access.actor),
    ]);
    const shown = { imports, isDemoOffered, fault, url, limit: this.folders.limit };
    return htmlAnswer(ImportsScreen({ ...this.base(request, reply), ...shown }));
  }

  /** One import. */
  async one(
    access: Account,
    record: ImportRecord,
    { fault = null, wanted }: { fault?: string | null; wanted?: ImportWanted },
    request: DoorRequest,
    reply: FastifyReply,
  ): Promise<HtmlPage> {
    const { username } = access.actor;
    return htmlAnswer(
      ImportScreen({
        ...this.base(request, reply),
        ...{ record, fault, wanted: wanted ?? wantedAtFirst(record) },
        place: this.addresses.wiki({ owner: { username }, slug: '…', customSlug: null }),
        made: await this.made(access, record),
        hasUpload: this.folders.has(record.id),
      }),
    );
  }

  private base(request: DoorRequest, reply: FastifyReply) {
    reply.header('cache-control', 'no-store');
    return { ...this.sites.of(request), formToken: this.cookies.formToken(request, reply) };
  }

  /** The wiki that came of an import, as long as whoever began it has a role there. */
  private async made({ actor }: Account, { state, wiki: id }: ImportRecord): Promise<ImportShown['made']> {
    if (state !== 'done' || id === null) return null;
    const mine = (await this.wikis.ofActor(actor)).find(({ wiki }) => wiki.id === id);
    if (mine === undefined) return null;
    const { wiki } = mine;
    const access = await this.acl.require('page.read', actor, { owner: wiki.owner.username, slug: wiki.slug });
    const address = this.addresses.wikiLink(wiki).replace(/\/$/, '');
    return { wiki, address, hasHome: await this.hasHome(access) };
  }

  /** A wiki from elsewhere may have no page that it begins with. */
  private async hasHome(access: Access<'page.read'>): Promise<boolean> {
    for (const name of homes) {
      const path = (await this.texts.meant(access, name)) ?? name;
      if (await this.pages.read(access, { path }).then(() => true, whetherMissing)) return true;
    }
    return false;
  }
}
