import { Controller, Get, Query, Req, Res, StreamableFile } from '@nestjs/common';
import type { Access } from '@lib/acl';
import { Copies, type Copy } from '@lib/wiki';
import type { FastifyReply } from 'fastify';
import { dispositionOf } from '../../attachments/raw-file.js';
import type { DoorRequest } from '../../http/door-request.js';
import { HtmlPage } from '../../http/html-page.js';
import { fromParams, Granted, Needs } from '../../http/needs.js';
import { Log } from '../../log.js';
import { htmlAnswer } from '../html.js';
import { Sites } from '../layout/sites.js';
import { type CopyQuery, copyQuery } from '../imports/imports.schema.js';
import { CopiesScreen } from './copies-screen.js';

/** After so long without a byte taken, whoever asked is gone. */
const idleMs = 60_000;

type Exporting = Access<'wiki.export'>;

/** Copies of a whole wiki to take along. */
@Controller('wikis/:owner/:slug/copies')
export class CopiesController {
  constructor(
    private readonly copies: Copies,
    private readonly sites: Sites,
    private readonly log: Log,
  ) {}

  @Get()
  @Needs('wiki.export', fromParams)
  show(@Granted() access: Exporting, @Req() request: DoorRequest): HtmlPage {
    return htmlAnswer(CopiesScreen(this.sites.about(access, request)));
  }

  @Get('files.zip')
  @Needs('wiki.export', fromParams)
  async files(
    @Granted() access: Exporting,
    @Query({ schema: copyQuery }) { revision }: CopyQuery,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return this.sent(await this.copies.files(access, revision), 'application/zip', access, request, reply);
  }

  @Get('history.bundle')
  @Needs('wiki.export', fromParams)
  async history(
    @Granted() access: Exporting,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return this.sent(await this.copies.history(access), 'application/octet-stream', access, request, reply);
  }

  /** A copy that fails on its way breaks off: the server ends the connection, and never a short file as if it were whole. */
  private sent(
    { filename, stream }: Copy,
    type: string,
    { wiki }: Exporting,
    request: DoorRequest,
    reply: FastifyReply,
  ): StreamableFile {
    reply.header('cache-control', wiki.visibility === 'public' ? 'private, no-cache' : 'no-store');
    const { raw } = reply;
    raw.setTimeout(idleMs, () => raw.destroy());
    raw.once('close', () => stream.destroy());
    stream.once('error', (err: unknown) => {
      this.log.error({ request: request.id, wiki: wiki.id, err }, 'a copy could not be made whole');
      raw.destroy();
    });
    return new StreamableFile(stream, { type, disposition: dispositionOf(filename) });
  }
}
