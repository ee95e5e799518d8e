import { Injectable } from '@nestjs/common';
import { Acl, Actors, Usage } from '@lib/acl';
import { Pages } from '@lib/wiki';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { LRUCache } from 'lru-cache';
import { type DoorRequest, originalUrl, surfaceOfRequest } from '../../http/door-request.js';
import type { HtmlPage } from '../../http/html-page.js';
import { SessionCookies } from '../../http/session-cookies.js';
import { marksOf } from '../appearance/appearance.js';
import { Frames } from '../layout/frames.js';
import { OpenPages } from './open-pages.js';
import { wantsMarkdown } from './wants-markdown.js';

const mostAddresses = 10_000;

/**
 * The short way to pages that anybody may read: what was answered to nobody before, at the same address, is asked for
 * again with the same rights and from the same commit, and sent past all that a framework does for a request. Whatever
 * is not as it was takes the long way.
 */
@Injectable()
export class OpenLane {
  private readonly paths = new LRUCache<string, string>({ max: mostAddresses });

  constructor(
    private readonly acl: Acl,
    private readonly actors: Actors,
    private readonly usage: Usage,
    private readonly pages: Pages,
    private readonly open: OpenPages,
    private readonly frames: Frames,
    private readonly cookies: SessionCookies,
  ) {}

  /** Remembers which page nobody was answered with at an address. */
  remember(request: DoorRequest, path: string): void {
    if (isPlain(request)) this.paths.set(keyOf(request), path);
  }

  /** Puts the lane before the ways of a server. */
  lead(server: FastifyInstance): void {
    server.addHook('onRequest', async (request: DoorRequest, reply: FastifyReply) => {
      const page = await this.page(request).catch(() => undefined);
      if (page === undefined) return;
      const { bytes, etag } = page.marked(marksOf(request));
      return reply.header('content-type', 'text/html; charset=utf-8').header('etag', etag).send(bytes);
    });
  }

  private async page(request: DoorRequest): Promise<HtmlPage | undefined> {
    if (!isPlain(request) || this.cookies.session(request) !== null) return;
    const path = this.paths.get(keyOf(request));
    const surface = surfaceOfRequest(request);
    if (path === undefined || surface.kind !== 'wiki' || wantsMarkdown(request.headers.accept)) return;
    const actor = this.actors.nobody('web');
    const access = await this.acl.require('page.read', actor, surface.address);
    const page = this.open.get(await this.pages.read(access, { path }), this.frames.nameOf(access, request));
    if (page === undefined) return;
    this.usage.saw(actor, access.wiki);
    Object.assign(request, { actor, access });
    return page;
  }
}

const isPlain = ({ method, headers }: DoorRequest): boolean => method === 'GET' && headers.authorization === undefined;

const keyOf = (request: DoorRequest): string => `${request.headers.host} ${originalUrl(request)}`;
