import { Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { type Access, Acl, Wikis } from '@lib/acl';
import type { FastifyReply } from 'fastify';
import { Addresses } from '../../http/addresses.js';
import type { DoorRequest } from '../../http/door-request.js';
import { HtmlPage } from '../../http/html-page.js';
import { fromParams, Granted, Needs } from '../../http/needs.js';
import { htmlAnswer } from '../html.js';
import { Sites } from '../layout/sites.js';
import { told } from '../told.js';
import { DeletedWikisScreen } from './deleted-screen.js';
import * as schema from './settings.schema.js';

/** Where deleted wikis are restored. */
@Controller('wikis')
export class DeletedWikisController {
  constructor(
    private readonly acl: Acl,
    private readonly wikis: Wikis,
    private readonly addresses: Addresses,
    private readonly sites: Sites,
  ) {}

  @Get('deleted')
  @Needs('nothing')
  async show(
    @Query({ schema: schema.deletedQuery }) { done }: schema.DeletedQuery,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    // That there is such a page is no secret, so nobody is sent to where they can be somebody.
    if (request.actor?.kind !== 'person') return void reply.redirect('/auth/sign-in?next=%2Fwikis%2Fdeleted', 303);
    return this.list(request, reply, { done });
  }

  @Post(':owner/:slug/restore')
  @HttpCode(200)
  @Needs('wiki.restore', fromParams)
  async restore(
    @Granted() access: Access<'wiki.restore'>,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    try {
      const wiki = await this.wikis.restore(access);
      return void reply.redirect(this.addresses.wikiLink(wiki), 303);
    } catch (error) {
      return this.list(request, reply, { done: undefined, fault: told(error, reply) });
    }
  }

  private async list(
    request: DoorRequest,
    reply: FastifyReply,
    shown: { done: string | undefined; fault?: string },
  ): Promise<HtmlPage> {
    reply.header('cache-control', 'no-store');
    const site = this.sites.of(request);
    const wikis = await this.wikis.restorable(this.acl.requireAccount('wikis.list', site.actor));
    return htmlAnswer(DeletedWikisScreen({ ...site, ...shown, wikis }));
  }
}
