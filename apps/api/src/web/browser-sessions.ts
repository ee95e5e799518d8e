import { Injectable } from '@nestjs/common';
import { Sessions, type SignedInActor } from '@lib/acl';
import type { FastifyReply } from 'fastify';
import type { DoorRequest } from '../http/door-request.js';
import { SessionCookies } from '../http/session-cookies.js';

/** Signs browsers in and out, whatever the proof was. */
@Injectable()
export class BrowserSessions {
  constructor(
    private readonly sessions: Sessions,
    private readonly cookies: SessionCookies,
  ) {}

  /** A session is always a new one: whoever knew the one before knows nothing of it. */
  async begin(person: Pick<SignedInActor, 'userId'>, request: DoorRequest, reply: FastifyReply): Promise<void> {
    await this.endOf(request);
    const agent = request.headers['user-agent'] ?? null;
    this.cookies.begin(reply, await this.sessions.begin(person, { agent, address: request.ip }));
  }

  /** Gives a browser a session that was begun for it elsewhere, in place of the one it has. */
  async replace(
    session: { secret: string; expiresAt: Date },
    request: DoorRequest,
    reply: FastifyReply,
  ): Promise<void> {
    await this.endOf(request);
    this.cookies.begin(reply, session);
  }

  async end(request: DoorRequest, reply: FastifyReply): Promise<void> {
    await this.endOf(request);
    this.cookies.end(reply);
  }

  private async endOf(request: DoorRequest): Promise<void> {
    const secret = this.cookies.session(request);
    if (secret !== null) await this.sessions.end(secret);
  }
}
