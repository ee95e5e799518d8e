import { Injectable } from '@nestjs/common';
import { AclError, type Asking, SignUp } from '@lib/acl';
import type { FastifyReply } from 'fastify';
import { askingOf } from '../../http/asking.js';
import type { DoorRequest } from '../../http/door-request.js';
import { HtmlPage } from '../../http/html-page.js';
import { problemOf } from '../../http/problems.js';
import { SessionCookies } from '../../http/session-cookies.js';
import { htmlAnswer } from '../html.js';
import type { Site } from '../layout/site-frame.js';
import { Sites } from '../layout/sites.js';
import { textsFor } from '../texts/texts.js';
import { BadLinkScreen } from './message-screens.js';

/** What every page about accounts is made with. */
export interface PageBase extends Site {
  formToken: string;
  /** Whether links come by mail, and not by the operator. */
  hasMail: boolean;
}

/** A refusal for a form: a sentence above it, or the rule that each of its fields breaks. */
type Told = { fault: string } | { fields: Record<string, string> };

/** What the pages about accounts have in common. */
@Injectable()
export class AccountPages {
  constructor(
    private readonly sites: Sites,
    private readonly cookies: SessionCookies,
    private readonly signUp: SignUp,
  ) {}

  /** These pages hold secrets in their addresses and forms: no browser or proxy keeps them. */
  base(request: DoorRequest, reply: FastifyReply): PageBase {
    reply.header('cache-control', 'no-store');
    return {
      ...this.sites.of(request),
      formToken: this.cookies.formToken(request, reply),
      hasMail: this.signUp.hasMail,
    };
  }

  asking(request: DoorRequest): Asking {
    return askingOf(request);
  }

  /** What a refusal says, for the form that is shown again; what is no refusal of a form goes on as it came. */
  fault(error: unknown, request: DoorRequest, reply: FastifyReply): Told {
    const { status, detail, extra } = problemOf(error);
    if (!(error instanceof AclError) || error.code === 'link-not-valid' || status >= 500) throw error;
    reply.code(status);
    if (typeof extra['retry_after'] === 'number') {
      reply.header('retry-after', String(extra['retry_after']));
      const { accounts } = textsFor(request.headers['accept-language']);
      return { fault: accounts.tooOften(Math.ceil(extra['retry_after'] / 60)) };
    }
    if (error.code === 'fields-refused') return { fields: extra['fields'] as Record<string, string> };
    // The only field that such a refusal can be about.
    if (error.code === 'password-not-allowed') return { fields: { password: 'length' } };
    return { fault: detail };
  }

  /** Runs the work of a link, or says that the link is not valid. */
  async byLink(
    work: () => Promise<HtmlPage | void>,
    again: string | null,
    request: DoorRequest,
    reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof AclError) || error.code !== 'link-not-valid') throw error;
      reply.code(404);
      return htmlAnswer(BadLinkScreen({ ...this.base(request, reply), again }));
    }
  }
}
