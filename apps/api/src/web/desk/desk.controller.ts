import { Controller, Get, Req } from '@nestjs/common';
import { SignUp, Wikis } from '@lib/acl';
import { Addresses } from '../../http/addresses.js';
import type { DoorRequest } from '../../http/door-request.js';
import { Needs } from '../../http/needs.js';
import { SessionCookies } from '../../http/session-cookies.js';
import { HtmlPage } from '../../http/html-page.js';
import { htmlAnswer } from '../html.js';
import { textsFor } from '../texts/texts.js';
import { WebAssets } from '../web-assets.js';
import { DeskScreen } from './desk-screen.js';

/** What stands at the address of the server itself. */
@Controller()
export class DeskController {
  constructor(
    private readonly wikis: Wikis,
    private readonly signUp: SignUp,
    private readonly addresses: Addresses,
    private readonly cookies: SessionCookies,
    private readonly assets: WebAssets,
  ) {}

  @Get('/')
  @Needs('nothing')
  async show(@Req() request: DoorRequest): Promise<HtmlPage> {
    const { actor } = request;
    if (actor === undefined) throw new Error('Nobody was asked who is asking.');
    const mine = actor.username === null ? [] : await this.wikis.ofActor(actor);
    const wikis = mine.map((one) => ({ mine: one, address: this.addresses.wikiLink(one.wiki) }));
    const texts = textsFor(request.headers['accept-language']);
    const ownFormToken = actor.username === null ? null : this.cookies.ownFormToken(request);
    return htmlAnswer(
      DeskScreen({ texts, assets: this.assets, actor, wikis, ownFormToken, mayMake: this.signUp.isOpen }),
    );
  }
}
