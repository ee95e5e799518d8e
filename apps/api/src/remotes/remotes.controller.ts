import { Controller, Get, Header, Post, Query, Req, Res } from '@nestjs/common';
import type { Access } from '@lib/acl';
import type { GitService } from '@lib/git';
import type { FastifyReply } from 'fastify';
import { DoorError } from '../http/door-error.js';
import type { DoorRequest } from '../http/door-request.js';
import { Granted, Needs } from '../http/needs.js';
import { Remotes } from './remotes.js';

const noCache = 'no-cache, max-age=0, must-revalidate';

/** The service a client names when it asks for the refs; only the path decides what a POST does. */
function serviceOf(request: Pick<DoorRequest, 'query'>): GitService {
  const { service } = (request.query ?? {}) as { service?: unknown };
  if (service === 'git-upload-pack' || service === 'git-receive-pack') return service;
  throw new DoorError('smart-http-only', 'Use a git client of this century: only smart HTTP is spoken here.');
}

const needed = (request: DoorRequest) => (serviceOf(request) === 'git-receive-pack' ? 'repo.push' : 'repo.read');

/** git over HTTP: clone, fetch and push. */
@Controller('~git')
export class RemotesController {
  constructor(private readonly remotes: Remotes) {}

  @Get('info/refs')
  @Needs(needed)
  @Header('cache-control', noCache)
  async refs(
    @Granted() access: Access<'repo.read' | 'repo.push'>,
    @Query() query: Record<string, unknown>,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { contentType, body } = await this.remotes.advertise(access, serviceOf({ query }), request);
    reply.type(contentType);
    return body;
  }

  @Post('git-upload-pack')
  @Needs('repo.read')
  uploadPack(@Granted() access: Access<'repo.read'>, @Req() request: DoorRequest, @Res() reply: FastifyReply) {
    return this.remotes.fetch(access, request, reply);
  }

  @Post('git-receive-pack')
  @Needs('repo.push')
  receivePack(@Granted() access: Access<'repo.push'>, @Req() request: DoorRequest, @Res() reply: FastifyReply) {
    return this.remotes.push(access, request, reply);
  }
}
