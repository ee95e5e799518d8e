import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { DoorRequest } from '../../http/door-request.js';
import { SessionCookies } from '../../http/session-cookies.js';

/** A token that was just made, on its way to the page that shows it. */
export interface HandedToken {
  /** Its id, or that it is the one of the wiki itself. */
  id: string;
  secret: string;
  /** Whether the wiki was made with it. */
  isNewWiki?: boolean;
}

/** Brings new tokens past the redirect that ends each form, to be shown once. */
@Injectable()
export class HandedTokens {
  constructor(private readonly cookies: SessionCookies) {}

  handOn(request: DoorRequest, reply: FastifyReply, place: string, token: HandedToken): void {
    this.cookies.handOn(request, reply, { place, text: JSON.stringify(token) });
  }

  /** The token that was handed on to this page; null when there is none. */
  take(request: DoorRequest, reply: FastifyReply, place: string): HandedToken | null {
    const text = this.cookies.handed(request, reply, place);
    // Nobody but us can have sealed it.
    return text === null ? null : (JSON.parse(text) as HandedToken);
  }
}
