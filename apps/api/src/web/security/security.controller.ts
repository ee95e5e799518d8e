import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { type AccountAccess, AclError, SignInAttempts, Sessions } from '@lib/acl';
import type { FastifyReply } from 'fastify';
import type { DoorRequest } from '../../http/door-request.js';
import { HtmlPage } from '../../http/html-page.js';
import { Granted, Needs } from '../../http/needs.js';
import { problemOf } from '../../http/problems.js';
import { SessionCookies } from '../../http/session-cookies.js';
import { ownPath } from '../own-path.js';
import { textsFor } from '../texts/texts.js';
import {
  confirmQuery,
  type ConfirmQuery,
  oneSession,
  type OneSession,
  passwordForm,
  type PasswordForm,
} from './security.schema.js';
import { SecurityPages } from './security-pages.js';

const own = '/account/security';

/** Where somebody sees where they are signed in, ends it, and proves again that it is they. */
@Controller('account/security')
export class SecurityController {
  constructor(
    private readonly sessions: Sessions,
    private readonly attempts: SignInAttempts,
    private readonly cookies: SessionCookies,
    private readonly pages: SecurityPages,
  ) {}

  @Get()
  @Needs('account.read')
  show(
    @Granted() access: AccountAccess<'account.read'>,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage> {
    return this.pages.whole(access, request, reply);
  }

  @Post('sessions/end')
  @HttpCode(200)
  @Needs('account.write')
  async end(
    @Granted() access: AccountAccess<'account.write'>,
    @Body({ schema: oneSession }) { id }: OneSession,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    return this.pages.orFault(access, request, reply, async () => {
      await this.sessions.endOne(access, id);
      if (id === access.actor.session) this.cookies.end(reply);
      void reply.redirect(id === access.actor.session ? '/' : own, 303);
    });
  }

  @Post('sessions/end-all')
  @HttpCode(200)
  @Needs('account.write')
  async endAll(
    @Granted() access: AccountAccess<'account.write'>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.sessions.endAll(access);
    this.cookies.end(reply);
    void reply.redirect('/', 303);
  }

  @Get('confirm')
  @Needs('account.write')
  confirm(
    @Granted() access: AccountAccess<'account.write'>,
    @Query({ schema: confirmQuery }) { next }: ConfirmQuery,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): HtmlPage {
    return this.pages.confirm(access, request, reply, { fault: null, next: ownPath(next) });
  }

  @Post('confirm')
  @HttpCode(200)
  @Needs('account.write')
  async prove(
    @Granted() access: AccountAccess<'account.write'>,
    @Body({ schema: passwordForm }) { password, next }: PasswordForm,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    const attempt = {
      ...{ login: access.actor.username, address: request.ip },
      browser: this.cookies.browser(request, reply),
    };
    try {
      await this.attempts.begin(attempt);
      await this.sessions.prove(access, password);
      await this.attempts.succeeded(attempt);
    } catch (error) {
      if (!(error instanceof AclError)) throw error;
      const isWrong = error.code === 'bad-credential';
      const { status, detail } = problemOf(error);
      reply.code(isWrong ? 422 : status);
      const { security } = textsFor(request.headers['accept-language']);
      const fault = isWrong ? security.wrongPassword : detail;
      return this.pages.confirm(access, request, reply, { fault, next: ownPath(next) });
    }
    return void reply.redirect(ownPath(next), 303);
  }
}
