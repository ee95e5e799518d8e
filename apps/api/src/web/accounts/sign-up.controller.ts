import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { AclError, Invitations, type SignedInActor, SignUp } from '@lib/acl';
import type { FastifyReply } from 'fastify';
import { Addresses } from '../../http/addresses.js';
import type { DoorRequest } from '../../http/door-request.js';
import { HtmlPage } from '../../http/html-page.js';
import { Needs } from '../../http/needs.js';
import { BrowserSessions } from '../browser-sessions.js';
import { htmlAnswer } from '../html.js';
import { AccountPages } from './account-pages.js';
import * as schema from './accounts.schema.js';
import { ClosedScreen, SentScreen } from './message-screens.js';
import { AcceptScreen, SignUpScreen } from './sign-up-screen.js';

/** Where people make accounts, and accept invitations. */
@Controller('auth')
export class SignUpController {
  constructor(
    private readonly signUp: SignUp,
    private readonly invitations: Invitations,
    private readonly pages: AccountPages,
    private readonly sessions: BrowserSessions,
    private readonly addresses: Addresses,
  ) {}

  @Get('sign-up')
  @Needs('nothing')
  async show(
    @Query({ schema: schema.signUpQuery }) { invitation }: schema.SignUpQuery,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    const secret = invitation ?? null;
    if (request.actor?.kind === 'person') {
      if (secret === null) return void reply.redirect('/', 303);
      return this.pages.byLink(() => this.toAccept(secret, request, reply), null, request, reply);
    }
    return this.ifAdmitted(() => this.form(secret, {}, request, reply), secret, request, reply);
  }

  @Post('sign-up')
  @HttpCode(200)
  @Needs('nothing')
  async make(
    @Body({ schema: schema.signUpForm }) form: schema.SignUpForm,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    const { username, display_name: displayName, email, password, invitation } = form;
    const secret = invitation ?? null;
    const typed = { username, displayName, email };
    return this.ifAdmitted(
      async () => {
        try {
          const person = await this.signUp.begin({ ...typed, password }, secret, this.pages.asking(request));
          if (person === null) return void reply.redirect('/auth/sent?for=sign-up', 303);
          await this.sessions.begin({ userId: person.id }, request, reply);
          return void reply.redirect('/', 303);
        } catch (error) {
          if (error instanceof AclError && error.code === 'sign-up-closed') throw error;
          return this.form(secret, { typed, ...this.pages.fault(error, request, reply) }, request, reply);
        }
      },
      secret,
      request,
      reply,
    );
  }

  @Post('accept')
  @HttpCode(200)
  @Needs('account.read')
  async accept(
    @Body({ schema: schema.acceptForm }) { invitation }: schema.AcceptForm,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    const work = async () => {
      try {
        const wiki = await this.invitations.accept(request.actor as SignedInActor, invitation);
        return void reply.redirect(new URL(this.addresses.wiki(wiki)).pathname, 303);
      } catch (error) {
        const told = this.pages.fault(error, request, reply);
        return this.toAccept(invitation, request, reply, 'fault' in told ? told.fault : undefined);
      }
    };
    return this.pages.byLink(work, null, request, reply);
  }

  @Get('sent')
  @Needs('nothing')
  sent(
    @Query({ schema: schema.sentQuery }) query: schema.SentQuery,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): HtmlPage {
    return htmlAnswer(SentScreen({ ...this.pages.base(request, reply), purpose: query.for }));
  }

  private async form(secret: string | null, shown: object, request: DoorRequest, reply: FastifyReply) {
    const invitation = await this.signUp.admit(secret);
    const needsEmail = this.signUp.needsLink(invitation);
    return htmlAnswer(SignUpScreen({ ...this.pages.base(request, reply), invitation, secret, needsEmail, ...shown }));
  }

  private async toAccept(secret: string, request: DoorRequest, reply: FastifyReply, fault?: string) {
    const invitation = await this.invitations.read(secret);
    const who = request.actor?.username ?? '';
    const told = fault === undefined ? {} : { fault };
    return htmlAnswer(AcceptScreen({ ...this.pages.base(request, reply), invitation, secret, who, ...told }));
  }

  /** Says that nobody signs up here, or that an invitation is not good, where that is so. */
  private ifAdmitted(
    work: () => Promise<HtmlPage | void>,
    secret: string | null,
    request: DoorRequest,
    reply: FastifyReply,
  ) {
    const orClosed = () =>
      work().catch((error: unknown) => {
        if (!(error instanceof AclError) || error.code !== 'sign-up-closed') throw error;
        reply.code(403);
        const byInvitation = this.signUp.isByInvitation;
        // Whoever has an account accepts an invitation also where nobody makes one.
        const next = secret === null ? null : `/auth/sign-up?invitation=${encodeURIComponent(secret)}`;
        return htmlAnswer(ClosedScreen({ ...this.pages.base(request, reply), byInvitation, next }));
      });
    return this.pages.byLink(orClosed, null, request, reply);
  }
}
