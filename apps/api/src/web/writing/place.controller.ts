import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { type Access, Acl, AclError } from '@lib/acl';
import { GitError } from '@lib/git';
import { pageAddress } from '@lib/markdown';
import { PageHistory, Pages, PageWriter, WikiError } from '@lib/wiki';
import type { FastifyReply } from 'fastify';
import type { DoorRequest } from '../../http/door-request.js';
import { Granted, Needs } from '../../http/needs.js';
import { problemOf } from '../../http/problems.js';
import { SessionCookies } from '../../http/session-cookies.js';
import { HtmlPage } from '../../http/html-page.js';
import { htmlAnswer } from '../html.js';
import { Frames } from '../layout/frames.js';
import { MoveScreen, RemoveScreen } from './move-screens.js';
import * as schema from './writing.schema.js';

/** Renaming, deleting and restoring pages in a browser. */
@Controller('~wiki/-')
export class PlaceController {
  constructor(
    private readonly acl: Acl,
    private readonly pages: Pages,
    private readonly writer: PageWriter,
    private readonly history: PageHistory,
    private readonly frames: Frames,
    private readonly cookies: SessionCookies,
  ) {}

  @Get('rename/*')
  @Needs('page.write')
  async move(
    @Granted() access: Access<'page.write'>,
    @Param('*') path: string,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage> {
    return htmlAnswer(MoveScreen({ ...(await this.shown(access, path, request, reply)), to: path, fault: null }));
  }

  @Post('rename/*')
  @HttpCode(200)
  @Needs('page.write')
  async moved(
    @Granted() access: Access<'page.write'>,
    @Param('*') path: string,
    @Body({ schema: schema.moveForm }) { to, links, message }: schema.MoveForm,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    try {
      const move = { path, newPath: to, links: links === 'on', ...(message !== undefined && { message }) };
      const result = await this.writer.rename(access, move);
      return void reply.redirect(pageAddress(this.frames.base(access), result.path), 303);
    } catch (error) {
      const fault = told(error, reply);
      return htmlAnswer(MoveScreen({ ...(await this.shown(access, path, request, reply)), to, fault }));
    }
  }

  @Get('delete/*')
  @Needs('page.write')
  async remove(
    @Granted() access: Access<'page.write'>,
    @Param('*') path: string,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage> {
    return htmlAnswer(RemoveScreen({ ...(await this.shown(access, path, request, reply)), fault: null }));
  }

  @Post('delete/*')
  @HttpCode(200)
  @Needs('page.write')
  async removed(
    @Granted() access: Access<'page.write'>,
    @Param('*') path: string,
    @Body({ schema: schema.removeForm }) { message }: schema.RemoveForm,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    try {
      await this.writer.remove(access, { path, ...(message !== undefined && { message }) });
      return void reply.redirect(`${this.frames.base(access)}/-/changes`, 303);
    } catch (error) {
      const fault = told(error, reply);
      return htmlAnswer(RemoveScreen({ ...(await this.shown(access, path, request, reply)), fault }));
    }
  }

  /** Gives a page the content it had at a revision, also when it was deleted since. */
  @Post('restore/*')
  @HttpCode(200)
  @Needs('page.write')
  async restore(
    @Granted() access: Access<'page.write'>,
    @Param('*') path: string,
    @Body({ schema: schema.restoreForm }) { revision }: schema.RestoreForm,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const result = await this.history.restore(access, path, revision, {});
    void reply.redirect(pageAddress(this.frames.base(access), result.path), 303);
  }

  private async shown(access: Access, path: string, request: DoorRequest, reply: FastifyReply) {
    const { linkedFrom } = await this.pages.links(this.acl.also(access, 'page.read'), path);
    return { ...this.frames.of(access, request), path, linkedFrom, formToken: this.cookies.formToken(request, reply) };
  }
}

/** What a refusal says, for the form that is shown again; what is no refusal goes on as it came. */
export function told(error: unknown, reply: FastifyReply): string {
  const { status, detail } = problemOf(error);
  const isRefusal = error instanceof WikiError || error instanceof AclError || error instanceof GitError;
  if (!isRefusal || status >= 500) throw error;
  reply.code(status);
  return detail;
}
