import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { EmailChanges, PasswordChanges, SignUp } from '@lib/acl';
import type { FastifyReply } from 'fastify';
import type { DoorRequest } from '../../http/door-request.js';
import { HtmlPage } from '../../http/html-page.js';
import { Needs } from '../../http/needs.js';
import { BrowserSessions } from '../browser-sessions.js';
import { htmlAnswer } from '../html.js';
import { AccountPages } from './account-pages.js';
import * as schema from './accounts.schema.js';
import { ConfirmEmailScreen, ConfirmedScreen, ConfirmScreen, ForgottenScreen, ResetScreen } from './link-screens.js';

/**
 * Where the links in mails lead. To open one changes nothing, for programs open them too; what it is for is done by the
 * form behind it.
 */
@Controller('auth')
export class LinksController {
  constructor(
    private readonly signUp: SignUp,
    private readonly passwords: PasswordChanges,
    private readonly emails: EmailChanges,
    private readonly pages: AccountPages,
    private readonly sessions: BrowserSessions,
  ) {}

  @Get('confirm')
  @Needs('nothing')
  async confirm(
    @Query({ schema: schema.linkQuery }) { token }: schema.LinkQuery,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    const work = async () =>
      htmlAnswer(ConfirmScreen({ ...this.pages.base(request, reply), token, ...(await this.signUp.waiting(token)) }));
    return this.pages.byLink(work, '/auth/sign-up', request, reply);
  }

  @Post('confirm')
  @HttpCode(200)
  @Needs('nothing')
  async confirmed(
    @Body({ schema: schema.confirmForm }) { token, password, username }: schema.ConfirmForm,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    const given = username === undefined ? {} : { username };
    const work = async () => {
      try {
        const person = await this.signUp.finish(token, { password, ...given });
        await this.sessions.begin({ userId: person.id }, request, reply);
        return void reply.redirect('/', 303);
      } catch (error) {
        const told = this.pages.fault(error, request, reply);
        const shown = { ...(await this.signUp.waiting(token)), ...given, ...told };
        return htmlAnswer(ConfirmScreen({ ...this.pages.base(request, reply), token, ...shown }));
      }
    };
    return this.pages.byLink(work, '/auth/sign-up', request, reply);
  }

  @Get('confirm-email')
  @Needs('nothing')
  async confirmEmail(
    @Query({ schema: schema.linkQuery }) { token }: schema.LinkQuery,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    const work = async () =>
      htmlAnswer(ConfirmEmailScreen({ ...this.pages.base(request, reply), token, ...(await this.emails.read(token)) }));
    return this.pages.byLink(work, '/account', request, reply);
  }

  @Post('confirm-email')
  @HttpCode(200)
  @Needs('nothing')
  async confirmedEmail(
    @Body({ schema: schema.linkForm }) { token }: schema.LinkForm,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    const work = async () => {
      await this.emails.finish(token, this.pages.asking(request));
      return void reply.redirect('/auth/confirmed', 303);
    };
    return this.pages.byLink(work, '/account', request, reply);
  }

  @Get('confirmed')
  @Needs('nothing')
  done(@Req() request: DoorRequest, @Res({ passthrough: true }) reply: FastifyReply): HtmlPage {
    return htmlAnswer(ConfirmedScreen(this.pages.base(request, reply)));
  }

  @Get('forgotten')
  @Needs('nothing')
  forgotten(@Req() request: DoorRequest, @Res({ passthrough: true }) reply: FastifyReply): HtmlPage {
    return htmlAnswer(ForgottenScreen(this.pages.base(request, reply)));
  }

  @Post('forgotten')
  @HttpCode(200)
  @Needs('nothing')
  async send(
    @Body({ schema: schema.forgottenForm }) { login }: schema.ForgottenForm,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    try {
      await this.passwords.request(login, this.pages.asking(request));
      return void reply.redirect('/auth/sent?for=password', 303);
    } catch (error) {
      return htmlAnswer(
        ForgottenScreen({ ...this.pages.base(request, reply), ...this.pages.fault(error, request, reply) }),
      );
    }
  }

  @Get('reset')
  @Needs('nothing')
  async reset(
    @Query({ schema: schema.linkQuery }) { token }: schema.LinkQuery,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    const work = async () =>
      htmlAnswer(ResetScreen({ ...this.pages.base(request, reply), token, ...(await this.passwords.read(token)) }));
    return this.pages.byLink(work, '/auth/forgotten', request, reply);
  }

  /** Who chose a new password by a link is signed in with it. */
  @Post('reset')
  @HttpCode(200)
  @Needs('nothing')
  async changed(
    @Body({ schema: schema.resetForm }) { token, password }: schema.ResetForm,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    const work = async () => {
      try {
        const { id } = await this.passwords.finish(token, password, this.pages.asking(request));
        await this.sessions.begin({ userId: id }, request, reply);
        return void reply.redirect('/', 303);
      } catch (error) {
        const told = this.pages.fault(error, request, reply);
        const shown = { ...(await this.passwords.read(token)), ...told };
        return htmlAnswer(ResetScreen({ ...this.pages.base(request, reply), token, ...shown }));
      }
    };
    return this.pages.byLink(work, '/auth/forgotten', request, reply);
  }
}
