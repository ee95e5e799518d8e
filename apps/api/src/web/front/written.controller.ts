import { Controller, Get, Req } from '@nestjs/common';
import { Addresses } from '../../http/addresses.js';
import { DoorError } from '../../http/door-error.js';
import type { DoorRequest } from '../../http/door-request.js';
import { HtmlPage } from '../../http/html-page.js';
import { Needs } from '../../http/needs.js';
import { htmlAnswer } from '../html.js';
import { Sites } from '../layout/sites.js';
import { WrittenPages } from './written-pages.js';
import { WrittenScreen } from './written-screen.js';

/** Terms of use and privacy, as the operator wrote them or as they come along. */
@Controller()
export class WrittenController {
  constructor(
    private readonly written: WrittenPages,
    private readonly sites: Sites,
    private readonly addresses: Addresses,
  ) {}

  @Get('terms')
  @Needs('nothing')
  terms(@Req() request: DoorRequest): Promise<HtmlPage> {
    return this.page('terms', request);
  }

  @Get('privacy')
  @Needs('nothing')
  privacy(@Req() request: DoorRequest): Promise<HtmlPage> {
    return this.page('privacy', request);
  }

  private async page(name: 'terms' | 'privacy', request: DoorRequest): Promise<HtmlPage> {
    const page = await this.written.read(name);
    if (page === null) throw new DoorError('not-found', 'This server has no such page.');
    const site = this.sites.of(request);
    const description = page.description ?? site.texts.front[name];
    const canonical = this.addresses.platform(`/${name}`);
    return htmlAnswer(WrittenScreen({ ...site, page, canonical, description, title: `${page.title} · wikibot` }));
  }
}
