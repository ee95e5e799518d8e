import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { HostSessions, type SignedInActor } from '@lib/acl';
import type { FastifyReply } from 'fastify';
import { Addresses } from '../../http/addresses.js';
import type { DoorRequest } from '../../http/door-request.js';
import { HtmlPage } from '../../http/html-page.js';
import { Needs } from '../../http/needs.js';
import { SessionCookies } from '../../http/session-cookies.js';
import { notValid } from '../../http/validation.js';
import { htmlAnswer } from '../html.js';
import { ownPath } from '../own-path.js';
import { textsFor } from '../texts/texts.js';
import { WebAssets } from '../web-assets.js';
import { hostQuery, type HostQuery } from './host.schema.js';
import { SignOutScreen } from './host-screens.js';

/** What the platform does for the hosts of wikis: it sends who is signed in there back with a code, and signs out everywhere. */
@Controller('auth')
export class HostCodesController {
  constructor(
    private readonly hostSessions: HostSessions,
    private readonly cookies: SessionCookies,
    private readonly addresses: Addresses,
    private readonly assets: WebAssets,
  ) {}

  @Get('host')
  @Needs('nothing')
  async send(
    @Query({ schema: hostQuery }) { host, next, state }: HostQuery,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    if (!this.addresses.isWikiHost(host)) throw notValid([{ message: 'no host of wikis here', path: ['host'] }]);
    void reply.header('cache-control', 'no-store');
    const { actor } = request;
    if (actor?.session === undefined) {
      const again = `/auth/host?${new URLSearchParams({ host, next: ownPath(next), state })}`;
      return void reply.redirect(`/auth/sign-in?next=${encodeURIComponent(again)}`, 303);
    }
    const code = await this.hostSessions.issue(actor as SignedInActor, { host, state, next: ownPath(next) });
    void reply.redirect(`${this.addresses.hostOrigin(host)}/-/auth/arrive?code=${code}`, 303);
  }

  @Get('sign-out')
  @Needs('nothing')
  signOut(@Req() request: DoorRequest, @Res({ passthrough: true }) reply: FastifyReply): HtmlPage | void {
    if (request.actor?.kind !== 'person') return void reply.redirect('/', 303);
    const texts = textsFor(request.headers['accept-language']);
    const formToken = this.cookies.formToken(request, reply);
    return htmlAnswer(SignOutScreen({ texts, assets: this.assets, formToken, host: this.addresses.hostName }));
  }
}
