import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { AclError, Actors, type Attempt, Sessions, SignInAttempts, SignUp, type SignedInActor } from '@lib/acl';
import type { FastifyReply } from 'fastify';
import type { DoorRequest } from '../../http/door-request.js';
import { Needs } from '../../http/needs.js';
import { SessionCookies } from '../../http/session-cookies.js';
import { HtmlPage } from '../../http/html-page.js';
import { htmlAnswer } from '../html.js';
import { ownPath } from '../own-path.js';
import { textsFor } from '../texts/texts.js';
import { WebAssets } from '../web-assets.js';
import { signInForm, type SignInForm } from './sign-in.schema.js';
import { SignInScreen } from './sign-in-screen.js';

/** Where browsers sign in and out. */
@Controller('auth')
export class SignInController {
  constructor(
    private readonly actors: Actors,
    private readonly sessions: Sessions,
    private readonly attempts: SignInAttempts,
    private readonly signUp: SignUp,
    private readonly cookies: SessionCookies,
    private readonly assets: WebAssets,
  ) {}

  @Get('sign-in')
  @Needs('nothing')
  show(
    @Query('next') next: string | undefined,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): HtmlPage | void {
    if (request.actor?.kind === 'person') return void reply.redirect(ownPath(next), 303);
    return this.screen(request, reply, { next: ownPath(next) });
  }

  @Post('sign-in')
  @HttpCode(200)
  @Needs('nothing')
  async signIn(
    @Body({ schema: signInForm }) { login, password, next }: SignInForm,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    const attempt = { login, address: request.ip, browser: this.cookies.browser(request, reply) };
    try {
      await this.attempts.begin(attempt);
      const actor = (await this.actors.byPassword(login, password, 'web')) as SignedInActor;
      await this.attempts.succeeded(attempt);
      await this.begin(actor, request, reply);
    } catch (error) {
      return this.refused(error, { attempt, next: ownPath(next) }, request, reply);
    }
    return void reply.redirect(ownPath(next), 303);
  }

  @Post('sign-out')
  @HttpCode(200)
  @Needs('nothing')
  async signOut(@Req() request: DoorRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    const secret = this.cookies.session(request);
    if (secret !== null) await this.sessions.end(secret);
    this.cookies.end(reply);
    void reply.redirect('/', 303);
  }

  /** A session is always a new one: whoever knew the one before knows nothing of it. */
  private async begin(actor: SignedInActor, request: DoorRequest, reply: FastifyReply): Promise<void> {
    const before = this.cookies.session(request);
    if (before !== null) await this.sessions.end(before);
    const session = await this.sessions.begin(actor, { agent: request.headers['user-agent'] ?? null });
    this.cookies.begin(reply, session);
  }

  private async refused(
    error: unknown,
    { attempt, next }: { attempt: Attempt; next: string },
    request: DoorRequest,
    reply: FastifyReply,
  ): Promise<HtmlPage> {
    if (!(error instanceof AclError)) throw error;
    const texts = textsFor(request.headers['accept-language']);
    const isWrong = error.code === 'bad-credential';
    if (!isWrong && error.code !== 'too-many-failures') throw error;
    reply.code(isWrong ? 422 : 429);
    if (!isWrong) reply.header('retry-after', String(error.extra['retry_after']));
    const fault = isWrong ? texts.wrongPassword : error.message;
    return this.screen(request, reply, { next, login: attempt.login, fault });
  }

  private screen(
    request: DoorRequest,
    reply: FastifyReply,
    shown: { next: string; login?: string; fault?: string },
  ): HtmlPage {
    const texts = textsFor(request.headers['accept-language']);
    const formToken = this.cookies.formToken(request, reply);
    return htmlAnswer(SignInScreen({ texts, assets: this.assets, formToken, mayMake: this.signUp.isOpen, ...shown }));
  }
}
