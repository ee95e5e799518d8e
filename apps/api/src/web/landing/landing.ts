import { Injectable } from '@nestjs/common';
import { Acl, AclError, People, Plans, SignUp, type WikiRef } from '@lib/acl';
import { Addresses } from '../../http/addresses.js';
import type { DoorRequest } from '../../http/door-request.js';
import { HtmlPage } from '../../http/html-page.js';
import { servedTools } from '../../mcp/served-tools.js';
import { WrittenPages } from '../front/written-pages.js';
import { WrittenScreen } from '../front/written-screen.js';
import { htmlAnswer } from '../html.js';
import type { Site } from '../layout/site-frame.js';
import { Sites } from '../layout/sites.js';
import { type LandingProps, LandingScreen } from './landing-screen.js';
import { pricesOf } from './pricing.js';
import { recordedSession } from './recorded-session.js';

const somebodys = { owner: { id: '', username: 'you' }, slug: 'notes', customSlug: null };

/** What visitors find at the address of the server: the operator's wiki or page, or ours. */
@Injectable()
export class Landing {
  private hasPeople = false;
  private readonly kept = new Map<string, HtmlPage>();

  constructor(
    private readonly acl: Acl,
    private readonly people: People,
    private readonly plans: Plans,
    private readonly signUp: SignUp,
    private readonly addresses: Addresses,
    private readonly written: WrittenPages,
    private readonly sites: Sites,
  ) {}

  /** The wiki that stands there; null where none does, or none that everybody may read. */
  async wiki(request: DoorRequest): Promise<WikiRef | null> {
    const address = this.written.landingWiki;
    const { actor } = request;
    if (address === null || actor === undefined) return null;
    try {
      const { wiki } = await this.acl.require('page.read', actor, address);
      return wiki.visibility === 'public' ? wiki : null;
    } catch (error) {
      // That there is a private one is not told either.
      if (error instanceof AclError) return null;
      throw error;
    }
  }

  async page(request: DoorRequest): Promise<HtmlPage> {
    const site = { ...this.sites.of(request), canonical: this.addresses.platform('/') };
    const page = await this.written.read('landing');
    const { description } = site.texts.front;
    if (page !== null)
      return htmlAnswer(
        WrittenScreen({ ...site, page, title: page.title, description: page.description ?? description }),
      );
    return this.ours(site, await this.anybody());
  }

  /** Our own page: the same for all visitors of a language who came without a question in the address. */
  private ours(site: Site & { canonical: string }, hasPeople: boolean): HtmlPage {
    const { language } = site.texts;
    const isPlain = hasPeople && site.next === '/' && site.ownFormToken === null;
    const known = isPlain ? this.kept.get(language) : undefined;
    if (known !== undefined) return known;
    const page = htmlAnswer(LandingScreen({ ...site, ...this.facts(), hasPeople }));
    if (isPlain) this.kept.set(language, page);
    return page;
  }

  private facts() {
    const { addresses } = this;
    const signUp: LandingProps['signUp'] = this.signUp.isOpen
      ? 'open'
      : this.signUp.isByInvitation
        ? 'invitation'
        : 'closed';
    const sample = {
      web: addresses.wiki(somebodys),
      mcp: addresses.mcp(somebodys),
      rest: addresses.rest(somebodys),
      git: addresses.git(somebodys),
    };
    return {
      ...{ signUp, sample, sourceUrl: this.written.sourceUrl, tools: servedTools.list().length },
      ...{ prices: pricesOf(this.plans), session: recordedSession() },
    };
  }

  private async anybody(): Promise<boolean> {
    this.hasPeople ||= (await this.people.count()) > 0;
    return this.hasPeople;
  }
}
