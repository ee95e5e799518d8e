import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { type Access, Acl } from '@lib/acl';
import { pageAddress } from '@lib/markdown';
import { Folders, Pages, PageWriter } from '@lib/wiki';
import type { FastifyReply } from 'fastify';
import type { DoorRequest } from '../../http/door-request.js';
import { Granted, Needs } from '../../http/needs.js';
import { SessionCookies } from '../../http/session-cookies.js';
import { HtmlPage } from '../../http/html-page.js';
import { htmlAnswer } from '../html.js';
import { Frames } from '../layout/frames.js';
import { told } from '../told.js';
import { MoveScreen, RemoveScreen } from './move-screens.js';
import * as schema from './writing.schema.js';

/** Renaming and deleting pages and folders in a browser. */
@Controller('~wiki/-')
export class PlaceController {
  constructor(
    private readonly acl: Acl,
    private readonly pages: Pages,
    private readonly writer: PageWriter,
    private readonly folders: Folders,
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
    @Body({ schema: schema.moveForm }) { to, links, message, below }: schema.MoveForm,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    try {
      const move = { path, newPath: to, links: links === 'on', ...(message !== undefined && { message }) };
      const result = await (below === 'on' ? this.folders.move(access, move) : this.writer.rename(access, move));
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
    @Body({ schema: schema.removeForm }) form: schema.RemoveForm,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    try {
      await this.removeAsked(access, path, form);
      return void reply.redirect(`${this.frames.base(access)}/-/changes`, 303);
    } catch (error) {
      const fault = told(error, reply);
      return htmlAnswer(RemoveScreen({ ...(await this.shown(access, path, request, reply)), fault }));
    }
  }

  private async removeAsked(
    access: Access<'page.write'>,
    path: string,
    { message, below, revision }: schema.RemoveForm,
  ): Promise<void> {
    const asked = { path, ...(message !== undefined && { message }) };
    if (below !== 'on') return void (await this.writer.remove(access, asked));
    const rights = { pages: access, files: this.acl.also(access, 'file.write') };
    await this.folders.remove(rights, { ...asked, ...(revision !== undefined && { revision }) });
  }

  private async shown(access: Access, path: string, request: DoorRequest, reply: FastifyReply) {
    const reading = this.acl.also(access, 'page.read');
    const [folder, { linkedFrom }] = await Promise.all([
      this.folders.contents(reading, path),
      this.pages.links(reading, path),
    ]);
    const formToken = this.cookies.formToken(request, reply);
    return { ...this.frames.of(access, request), path, linkedFrom, folder, formToken };
  }
}
