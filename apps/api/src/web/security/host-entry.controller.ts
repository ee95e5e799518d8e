import { Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { HostSessions } from '@lib/acl';
import type { FastifyReply } from 'fastify';
import { Addresses } from '../../http/addresses.js';
import { DoorError } from '../../http/door-error.js';
import { type DoorRequest, wikiHostOfRequest } from '../../http/door-request.js';
import { HtmlPage } from '../../http/html-page.js';
import { Needs } from '../../http/needs.js';
import { SessionCookies } from '../../http/session-cookies.js';
import { BrowserSessions } from '../browser-sessions.js';
import { htmlAnswer } from '../html.js';
import { ownPath } from '../own-path.js';
import { textsFor } from '../texts/texts.js';
import { WebAssets } from '../web-assets.js';
import { arrivalQuery, type ArrivalQuery, nextQuery, type NextQuery } from './host.schema.js';
import { NoArrivalScreen, SignedOutScreen } from './host-screens.js';

/** Signing in and out on the host of a wiki, which has its own session: the platform sends the browser back with a code. */
@Controller('-/auth')
export class HostEntryController {
  constructor(
    private readonly hostSessions: HostSessions,
    private readonly sessions: BrowserSessions,
    private readonly cookies: SessionCookies,
    private readonly addresses: Addresses,
    private readonly assets: WebAssets,
  ) {}

  @Get('sign-in')
  @Needs('nothing')
  leave(
    @Query({ schema: nextQuery }) { next }: NextQuery,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): void {
    const host = hostOf(request);
    if (request.actor?.kind === 'person') return void reply.redirect(ownPath(next), 303);
    const query = new URLSearchParams({ host, next: ownPath(next), state: this.cookies.newState(request, reply) });
    void reply.header('cache-control', 'no-store').redirect(this.addresses.platform(`/auth/host?${query}`), 303);
  }

  @Get('arrive')
  @Needs('nothing')
  async arrive(
    @Query({ schema: arrivalQuery }) { code }: ArrivalQuery,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    const host = hostOf(request);
    void reply.header('cache-control', 'no-store');
    const state = this.cookies.state(request) ?? '';
    const agent = request.headers['user-agent'] ?? null;
    const session = await this.hostSessions.redeem(code, { host, state }, { agent, address: request.ip });
    if (session === null) {
      reply.code(422);
      return htmlAnswer(NoArrivalScreen({ ...this.shown(request), host }));
    }
    await this.sessions.replace(session, request, reply);
    void reply.redirect(ownPath(session.next), 303);
  }

  @Post('sign-out')
  @HttpCode(200)
  @Needs('nothing')
  async signOut(@Req() request: DoorRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    hostOf(request);
    await this.sessions.end(request, reply);
    void reply.redirect('/-/auth/signed-out', 303);
  }

  @Get('signed-out')
  @Needs('nothing')
  signedOut(@Req() request: DoorRequest): HtmlPage {
    const host = hostOf(request);
    const { origin, hostName } = this.addresses;
    const everywhere = { host: hostName, address: `${origin}/auth/sign-out` };
    return htmlAnswer(SignedOutScreen({ ...this.shown(request), host, everywhere }));
  }

  private shown(request: DoorRequest) {
    return { texts: textsFor(request.headers['accept-language']), assets: this.assets };
  }
}

/** The host of wikis that was asked; on the platform there is nothing of this. */
function hostOf(request: DoorRequest): string {
  const host = wikiHostOfRequest(request);
  if (host === null) throw new DoorError('not-found', 'There is nothing at this address for this method.');
  return host;
}
