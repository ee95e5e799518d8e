import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Addresses } from '../../http/addresses.js';
import type { DoorRequest } from '../../http/door-request.js';
import { HtmlPage } from '../../http/html-page.js';
import { Needs } from '../../http/needs.js';
import { htmlAnswer } from '../html.js';
import { Landing } from '../landing/landing.js';
import { DeskScreen } from './desk-screen.js';
import { Desks } from './desks.js';

/** What stands at the address of the server itself: for visitors what this is, for whoever is signed in their desk. */
@Controller()
export class DeskController {
  constructor(
    private readonly desks: Desks,
    private readonly landing: Landing,
    private readonly addresses: Addresses,
  ) {}

  @Get('/')
  @Needs('nothing')
  async show(
    @Query('wikis') wikis: string | undefined,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    if (request.actor?.username != null)
      return htmlAnswer(DeskScreen(await this.desks.of(request, { hasAll: wikis === 'all' })));
    const wiki = await this.landing.wiki(request);
    if (wiki === null) return this.landing.page(request);
    reply.redirect(this.addresses.wikiLink(wiki), 302);
  }
}
