import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import type { Access } from '@lib/acl';
import type { FastifyReply } from 'fastify';
import type { DoorRequest } from '../../http/door-request.js';
import { HtmlPage } from '../../http/html-page.js';
import { Granted, Needs } from '../../http/needs.js';
import { SessionCookies } from '../../http/session-cookies.js';
import { htmlAnswer } from '../html.js';
import { Frames } from '../layout/frames.js';
import { ownPath } from '../own-path.js';
import { appearanceCookies, themeOf } from './appearance.js';
import * as schema from './appearance.schema.js';
import { AppearanceScreen } from './appearance-screen.js';

const keptDays = 365;

/** Chooses between light and dark, for browsers without script; with script it is a switch on every page. */
@Controller('~wiki/-/appearance')
export class AppearanceController {
  constructor(
    private readonly frames: Frames,
    private readonly cookies: SessionCookies,
  ) {}

  @Get()
  @Needs('wiki.read')
  show(
    @Granted() access: Access<'wiki.read'>,
    @Query('next') next: unknown,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): HtmlPage {
    const frame = this.frames.of(access, request);
    const formToken = this.cookies.formToken(request, reply);
    const back = typeof next === 'string' ? ownPath(next) : frame.base;
    return htmlAnswer(AppearanceScreen({ ...frame, formToken, theme: themeOf(request), next: back }));
  }

  @Post()
  @HttpCode(303)
  @Needs('wiki.read')
  choose(
    @Granted() access: Access<'wiki.read'>,
    @Body({ schema: schema.appearanceForm }) { theme, next }: schema.AppearanceForm,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): void {
    // Scripts change it too, so they have to see it.
    const options = { path: '/', sameSite: 'lax', httpOnly: false } as const;
    if (theme === 'auto') reply.clearCookie(appearanceCookies.theme, options);
    else reply.setCookie(appearanceCookies.theme, theme, { ...options, maxAge: keptDays * 86_400 });
    void reply.redirect(ownPath(next ?? this.frames.base(access)), 303);
  }
}
