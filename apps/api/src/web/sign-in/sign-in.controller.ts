import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { AclError, Actors, type Attempt, Passkeys, SignInAttempts, SignUp, type SignedInActor } from '@lib/acl';
import type { FastifyReply } from 'fastify';
import { Addresses } from '../../http/addresses.js';
import type { DoorRequest } from '../../http/door-request.js';
import { Needs } from '../../http/needs.js';
import { SessionCookies } from '../../http/session-cookies.js';
import { HtmlPage } from '../../http/html-page.js';
import { BrowserSessions } from '../browser-sessions.js';
import { htmlAnswer } from '../html.js';
import { ownPath } from '../own-path.js';
import { Sites } from '../layout/sites.js';
import { textsFor } from '../texts/texts.js';
import { passkeyForm, type PasskeyForm, signInForm, type SignInForm } from './sign-in.schema.js';
import { SignInScreen } from './sign-in-screen.js';

/** Where browsers sign in and out. */
@Controller('auth')
export class SignInController {
  constructor(
    private readonly actors: Actors,
    private readonly passkeys: Passkeys,
    private readonly sessions: BrowserSessions,
    private readonly attempts: SignInAttempts,
    private readonly signUp: SignUp,
    private readonly cookies: SessionCookies,
    private readonly addresses: Addresses,
    private readonly sites: Sites,
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
      await this.sessions.begin(actor, request, reply);
    } catch (error) {
      return this.refused(error, { attempt, next: ownPath(next) }, request, reply);
    }
    return void reply.redirect(ownPath(next), 303);
  }

  /** What the script of the page asks an authenticator. */
  @Post('passkey/options')
  @HttpCode(200)
  @Needs('nothing')
  passkeyOptions(@Req() request: DoorRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.passkeys.assertion(this.cookies.browser(request, reply));
  }

  @Post('passkey')
  @HttpCode(200)
  @Needs('nothing')
  async withPasskey(
    @Body({ schema: passkeyForm }) { answer, next }: PasskeyForm,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    const browser = this.cookies.browser(request, reply);
    // Nobody gives a name, so failures are counted by the passkey that was named.
    const attempt = {
      login: `passkey ${String((answer as { id?: unknown } | null)?.id)}`,
      address: request.ip,
      browser,
    };
    try {
      await this.attempts.begin(attempt);
      const person = await this.passkeys.signIn(answer, browser);
      await this.attempts.succeeded(attempt);
      await this.sessions.begin(person, request, reply);
    } catch (error) {
      return this.refused(error, { attempt: { ...attempt, login: '' }, next: ownPath(next) }, request, reply);
    }
    return void reply.redirect(ownPath(next), 303);
  }

  @Post('sign-out')
  @HttpCode(200)
  @Needs('nothing')
  async signOut(@Req() request: DoorRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.sessions.end(request, reply);
    void reply.redirect('/', 303);
  }

  private async refused(
    error: unknown,
    { attempt, next }: { attempt: Attempt; next: string },
    request: DoorRequest,
    reply: FastifyReply,
  ): Promise<HtmlPage> {
    if (!(error instanceof AclError)) throw error;
    const texts = textsFor(request.headers['accept-language']);
    const wrong = { 'bad-credential': texts.wrongPassword, 'passkey-not-valid': texts.security.wrongPasskey };
    const said = Object.entries(wrong).find(([code]) => code === error.code)?.[1];
    if (said === undefined && error.code !== 'too-many-failures') throw error;
    reply.code(said === undefined ? 429 : 422);
    if (said === undefined) reply.header('retry-after', String(error.extra['retry_after']));
    const fault = said ?? error.message;
    return this.screen(request, reply, { next, login: attempt.login, fault });
  }

  private screen(
    request: DoorRequest,
    reply: FastifyReply,
    shown: { next: string; login?: string; fault?: string },
  ): HtmlPage {
    const formToken = this.cookies.formToken(request, reply);
    const mayMake = this.signUp.isOpen;
    const site = this.sites.of(request);
    return htmlAnswer(SignInScreen({ site, formToken, origin: this.addresses.origin, mayMake, ...shown }));
  }
}
