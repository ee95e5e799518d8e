import { Injectable } from '@nestjs/common';
import { Wikis } from '@lib/acl';
import { Addresses } from '../../http/addresses.js';
import type { DoorRequest } from '../../http/door-request.js';
import { Landing } from '../landing/landing.js';

const mostPeople = 40_000;

/** The pages that search engines may know beside those of wikis. */
@Injectable()
export class SitePages {
  constructor(
    private readonly wikis: Wikis,
    private readonly addresses: Addresses,
    private readonly landing: Landing,
  ) {}

  /** Those of a host: that of a person, or of the platform, which has all. */
  async pages(request: DoorRequest, label: string | null): Promise<{ address: string; changed: null }[]> {
    const people = await this.wikis.publishers({ label, limit: mostPeople });
    const own = label === null ? await this.ofPlatform(request) : [];
    const addresses = [...own, ...people.map((username) => this.addresses.person(username))];
    return addresses.map((address) => ({ address, changed: null }));
  }

  /** A wiki in place of the landing page has a sitemap of its own. */
  private async ofPlatform(request: DoorRequest): Promise<string[]> {
    const hasLanding = (await this.landing.wiki(request)) === null;
    return [...(hasLanding ? ['/'] : []), '/terms', '/privacy'].map((path) => this.addresses.platform(path));
  }
}
