import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import type { Access } from '@lib/acl';
import { gitProtocol, type GitService, ReceivePack, Repositories, SmartHttp } from '@lib/git';
import { PushRules } from '@lib/wiki';
import type { FastifyReply } from 'fastify';
import { DoorError } from '../http/door-error.js';
import type { DoorRequest } from '../http/door-request.js';
import { problemOf } from '../http/problems.js';
import { Log } from '../log.js';

const longestPushMs = 15 * 60_000;

/** Carries bytes between a git client and the git room; the answer is streamed past the framework. */
@Injectable()
export class Remotes {
  constructor(
    private readonly repositories: Repositories,
    private readonly smartHttp: SmartHttp,
    private readonly receivePack: ReceivePack,
    private readonly rules: PushRules,
    private readonly log: Log,
  ) {}

  async advertise(access: Access<'repo.read' | 'repo.push'>, service: GitService, request: DoorRequest) {
    const repository = await this.repositories.open(access.wiki.id);
    return this.smartHttp.advertise(repository, service, gitProtocol(headerOf(request, 'git-protocol')));
  }

  async fetch(access: Access<'repo.read'>, request: DoorRequest, reply: FastifyReply): Promise<void> {
    const repository = await this.repositories.open(access.wiki.id);
    await this.stream('git-upload-pack', request, reply, ({ body, signal }) => {
      const protocol = gitProtocol(headerOf(request, 'git-protocol'));
      const client = access.actor.userId ?? request.ip;
      const onTrouble = (err: unknown) => this.log.error({ request: request.id, err }, 'fetch failed');
      return this.smartHttp.uploadPack(repository, { body, protocol, client, signal, onTrouble }, reply.raw);
    });
  }

  async push(access: Access<'repo.push'>, request: DoorRequest, reply: FastifyReply): Promise<void> {
    const repository = await this.repositories.open(access.wiki.id);
    const { actor } = access;
    const record = { actor: actor.userId ?? '', door: 'git', agent: actor.token?.label ?? null };
    const { maxBytes } = this.rules.limitsFor(access);
    await this.stream('git-receive-pack', request, reply, ({ body, signal }) => {
      const onTrouble = (err: unknown) => this.log.error({ request: request.id, err }, 'push failed');
      const push = { body, record, policy: this.rules.policyFor(access), maxBytes, signal, onTrouble };
      return this.receivePack.receive(repository, push, reply.raw);
    });
  }

  private async stream(
    service: GitService,
    request: DoorRequest,
    reply: FastifyReply,
    work: (transfer: { body: Readable; signal: AbortSignal }) => Promise<void>,
  ): Promise<void> {
    requireType(request, service);
    const body = inflated(request);
    const gone = new AbortController();
    const { raw } = reply;
    raw.once('close', () => gone.abort());
    const late = setTimeout(() => gone.abort(), longestPushMs);
    reply.hijack();
    raw.statusCode = 200;
    raw.setHeader('content-type', `application/x-${service}-result`);
    raw.setHeader('cache-control', 'no-cache, max-age=0, must-revalidate');
    try {
      await work({ body, signal: gone.signal });
    } catch (error) {
      this.answer(error, request, reply);
    } finally {
      clearTimeout(late);
    }
  }

  /** Before the first byte of an answer a refusal has a status; afterwards the broken connection says it. */
  private answer(error: unknown, request: DoorRequest, { raw }: FastifyReply): void {
    const problem = problemOf(error);
    if (raw.destroyed) return;
    if (problem.status >= 500) this.log.error({ request: request.id, err: error }, 'git transfer failed');
    if (raw.headersSent) {
      raw.destroy();
      return;
    }
    raw.statusCode = problem.status;
    raw.setHeader('content-type', 'text/plain; charset=utf-8');
    if (typeof problem.extra.retry_after === 'number') raw.setHeader('retry-after', problem.extra.retry_after);
    // Many clients read an answer only once they have sent everything.
    request.raw.resume();
    raw.end(`${problem.detail}\n`);
  }
}

function requireType(request: DoorRequest, service: GitService): void {
  const type = headerOf(request, 'content-type')?.split(';')[0]?.trim();
  if (type !== `application/x-${service}-request`) {
    throw new DoorError('media-type-not-supported', `Send application/x-${service}-request, as git does.`);
  }
}

/** git compresses long requests; what comes out is held to the limits, not what came in. */
function inflated(request: DoorRequest): Readable {
  const encoding = headerOf(request, 'content-encoding') ?? 'identity';
  if (encoding === 'identity') return request.raw;
  if (encoding !== 'gzip' && encoding !== 'x-gzip') {
    throw new DoorError('media-type-not-supported', 'The body may be compressed with gzip only.');
  }
  const gunzip = createGunzip();
  request.raw.on('error', (error) => gunzip.destroy(error));
  return request.raw.pipe(gunzip);
}

function headerOf({ headers }: DoorRequest, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}
