import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { type AccountAccess, Passkeys } from '@lib/acl';
import type { FastifyReply } from 'fastify';
import type { DoorRequest } from '../../http/door-request.js';
import { HtmlPage } from '../../http/html-page.js';
import { Granted, Needs } from '../../http/needs.js';
import { SessionCookies } from '../../http/session-cookies.js';
import * as schema from './security.schema.js';
import { SecurityPages } from './security-pages.js';

const page = '/account/security';

/** Adding, renaming and removing passkeys. */
@Controller('account/security/passkeys')
export class PasskeysController {
  constructor(
    private readonly passkeys: Passkeys,
    private readonly cookies: SessionCookies,
    private readonly pages: SecurityPages,
  ) {}

  /** What the script of the page asks an authenticator for. */
  @Post('options')
  @HttpCode(200)
  @Needs('account.write')
  options(
    @Granted() access: AccountAccess<'account.write'>,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.passkeys.registration(access, this.cookies.browser(request, reply));
  }

  @Post()
  @HttpCode(200)
  @Needs('account.write')
  add(
    @Granted() access: AccountAccess<'account.write'>,
    @Body({ schema: schema.newPasskey }) { name, answer }: schema.NewPasskey,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    return this.pages.orFault(access, request, reply, async () => {
      await this.passkeys.add(access, { name, answer, browser: this.cookies.browser(request, reply) });
      void reply.redirect(page, 303);
    });
  }

  @Post('rename')
  @HttpCode(200)
  @Needs('account.write')
  rename(
    @Granted() access: AccountAccess<'account.write'>,
    @Body({ schema: schema.renamedPasskey }) { id, name }: schema.RenamedPasskey,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    return this.pages.orFault(access, request, reply, async () => {
      await this.passkeys.rename(access, id, name);
      void reply.redirect(page, 303);
    });
  }

  @Post('remove')
  @HttpCode(200)
  @Needs('account.write')
  remove(
    @Granted() access: AccountAccess<'account.write'>,
    @Body({ schema: schema.onePasskey }) { id }: schema.OnePasskey,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    return this.pages.orFault(access, request, reply, async () => {
      await this.passkeys.remove(access, id);
      void reply.redirect(page, 303);
    });
  }
}
