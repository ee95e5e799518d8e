import { Injectable } from '@nestjs/common';
import { AclError, Actors, SignInAttempts } from '@lib/acl';
import type { FastifyReply } from 'fastify';
import type { DoorRequest } from '../../http/door-request.js';
import { SessionCookies } from '../../http/session-cookies.js';

/** Asks whoever is signed in for their password once more; guesses are counted as those of signing in are. */
@Injectable()
export class OwnPassword {
  constructor(
    private readonly actors: Actors,
    private readonly attempts: SignInAttempts,
    private readonly cookies: SessionCookies,
  ) {}

  async isRight(password: string, request: DoorRequest, reply: FastifyReply): Promise<boolean> {
    const login = request.actor?.username ?? '';
    const attempt = { login, address: request.ip, browser: this.cookies.browser(request, reply) };
    await this.attempts.begin(attempt);
    try {
      await this.actors.byPassword(login, password, 'web');
    } catch (error) {
      if (error instanceof AclError && error.code === 'bad-credential') return false;
      throw error;
    }
    await this.attempts.succeeded(attempt);
    return true;
  }
}
