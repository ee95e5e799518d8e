import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { type Access, Acl } from '@lib/acl';
import { pageAddress } from '@lib/markdown';
import { Folders, pagePath, Pages, PageTemplates, WikiError } from '@lib/wiki';
import type { FastifyReply } from 'fastify';
import type { DoorRequest } from '../../http/door-request.js';
import { Granted, Needs } from '../../http/needs.js';
import { HtmlPage } from '../../http/html-page.js';
import { htmlAnswer } from '../html.js';
import { Frames } from '../layout/frames.js';
import { told } from '../told.js';
import { NewScreen } from './new-screen.js';
import { newPageQuery, type NewPageQuery } from './writing.schema.js';

/** Where a new page gets its name and what it begins with. */
@Controller('~wiki/-')
export class NewController {
  constructor(
    private readonly acl: Acl,
    private readonly pages: Pages,
    private readonly templates: PageTemplates,
    private readonly folders: Folders,
    private readonly frames: Frames,
  ) {}

  @Get('new')
  @Needs('page.write')
  async choose(
    @Granted() access: Access<'page.write'>,
    @Query({ schema: newPageQuery }) { path, from }: NewPageQuery,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    const frame = this.frames.of(access, request);
    const reading = this.acl.also(access, 'page.read');
    const fault = path === undefined ? null : this.fault(path, reply);
    const existing = path === undefined || fault !== null ? null : await this.existing(reading, path);
    if (path !== undefined && fault === null && existing === null) {
      const begun = from === undefined ? '' : `?from=${encodeURIComponent(from)}`;
      return void reply.redirect(pageAddress(`${frame.base}/-/edit`, path) + begun, 303);
    }
    if (existing !== null) reply.code(409);
    const [templates, folders] = await Promise.all([this.templates.list(reading), this.folders.names(reading)]);
    const suggested = from === undefined || templates.includes(from) ? '' : frame.texts.writing.nameOfCopy(from);
    const shown = { path: path ?? suggested, from: from ?? null, templates, folders, fault, existing };
    return htmlAnswer(NewScreen({ ...frame, ...shown }));
  }

  private fault(path: string, reply: FastifyReply): string | null {
    try {
      pagePath(path);
      return null;
    } catch (error) {
      return told(error, reply);
    }
  }

  private async existing(access: Access<'page.read'>, path: string): Promise<string | null> {
    try {
      return (await this.pages.read(access, { path })).path;
    } catch (error) {
      if (error instanceof WikiError && error.code === 'page-not-found') return null;
      throw error;
    }
  }
}
