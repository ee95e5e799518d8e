import { Injectable } from '@nestjs/common';
import { type AccountAccess, Acl, AclError, Passkeys, Sessions } from '@lib/acl';
import type { FastifyReply } from 'fastify';
import { Addresses } from '../../http/addresses.js';
import type { DoorRequest } from '../../http/door-request.js';
import { HtmlPage } from '../../http/html-page.js';
import { problemOf } from '../../http/problems.js';
import { SessionCookies } from '../../http/session-cookies.js';
import { htmlAnswer } from '../html.js';
import { Sites } from '../layout/sites.js';
import { browserName } from './browser-name.js';
import { ConfirmScreen } from './confirm-screen.js';
import { SecurityScreen } from './security-screen.js';

/** The pages on which somebody looks after how they sign in. */
@Injectable()
export class SecurityPages {
  constructor(
    private readonly acl: Acl,
    private readonly sessions: Sessions,
    private readonly passkeys: Passkeys,
    private readonly addresses: Addresses,
    private readonly cookies: SessionCookies,
    private readonly sites: Sites,
  ) {}

  async whole(
    access: AccountAccess<'account.read'>,
    request: DoorRequest,
    reply: FastifyReply,
    fault: string | null = null,
  ): Promise<HtmlPage> {
    const site = this.sites.of(request);
    const [isProved, sessions, passkeys] = await Promise.all([
      this.sessions.isProved(access),
      this.sessions.list(access),
      this.passkeys.list(access),
    ]);
    const name = browserName(request.headers['user-agent'] ?? null);
    return htmlAnswer(
      SecurityScreen({
        ...{ site, isProved, sessions, passkeys, fault, origin: this.addresses.origin },
        own: access.actor.session ?? '',
        formToken: this.cookies.formToken(request, reply),
        suggestion: name === null ? '' : site.texts.security.browser(name.browser, name.system),
      }),
    );
  }

  confirm(
    { actor }: AccountAccess<'account.write'>,
    request: DoorRequest,
    reply: FastifyReply,
    { fault, next }: { fault: string | null; next: string },
  ): HtmlPage {
    return htmlAnswer(
      ConfirmScreen({
        ...{ site: this.sites.of(request), fault, next, username: actor.username, origin: this.addresses.origin },
        formToken: this.cookies.formToken(request, reply),
      }),
    );
  }

  /** Does what a form asks for; what is refused is said on the page it came from, and where it takes a proof, that is asked for. */
  async orFault(
    { actor }: AccountAccess<'account.write'>,
    request: DoorRequest,
    reply: FastifyReply,
    work: () => Promise<void>,
  ): Promise<HtmlPage | void> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof AclError)) throw error;
      if (error.code === 'proof-required') return void reply.redirect('/account/security/confirm', 303);
      const { status, detail } = problemOf(error);
      reply.code(status);
      return this.whole(this.acl.requireAccount('account.read', actor), request, reply, detail);
    }
  }
}
