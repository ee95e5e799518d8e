import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { type Access, Acl } from '@lib/acl';
import { Files, FileWriter, WikiError } from '@lib/wiki';
import type { FastifyReply } from 'fastify';
import type { DoorRequest } from '../../http/door-request.js';
import { HtmlPage } from '../../http/html-page.js';
import { Granted, Needs } from '../../http/needs.js';
import { SessionCookies } from '../../http/session-cookies.js';
import { filesOf } from '../../http/upload-forms.js';
import { htmlAnswer } from '../html.js';
import { Frames } from '../layout/frames.js';
import { textsFor } from '../texts/texts.js';
import { told } from '../told.js';
import { aboutFile, filesAddress } from './file-addresses.js';
import { FileMoveScreen, FileRemoveScreen } from './file-place-screens.js';
import { FileScreen } from './file-screen.js';
import { fileTooLarge } from './files.controller.js';
import * as schema from './files.schema.js';

const pageOfRevisions = 50;

/** One file: what it is and was, and what can be done to it. */
@Controller('~wiki/-')
export class FileController {
  constructor(
    private readonly acl: Acl,
    private readonly files: Files,
    private readonly writer: FileWriter,
    private readonly frames: Frames,
    private readonly cookies: SessionCookies,
  ) {}

  @Get('attachment/*')
  @Needs('history.read')
  async show(
    @Granted() access: Access<'history.read'>,
    @Param('*') path: string,
    @Query({ schema: schema.fileQuery }) { cursor }: schema.FileQuery,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage> {
    return this.screen(access, { path, cursor, fault: null }, request, reply);
  }

  /** Puts other bytes in the place of a file. */
  @Post('attachment/*')
  @HttpCode(200)
  @Needs('file.write')
  async replace(
    @Granted() access: Access<'file.write'>,
    @Param('*') path: string,
    @Body({ schema: schema.replaceForm }) { seen }: schema.ReplaceForm,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    const [file] = filesOf(request);
    const again = (fault: string) =>
      this.screen(this.acl.also(access, 'history.read'), { path, cursor: undefined, fault }, request, reply);
    if (file === undefined) {
      reply.code(422);
      return again(textsFor(request.headers['accept-language']).attachments.nothingChosen);
    }
    try {
      if (file.bytes === null) throw fileTooLarge(file.filename, access.wiki.limits.fileBytes);
      await this.writer.put(access, { path, bytes: file.bytes, replace: true, ifMatch: seen });
      return void reply.redirect(aboutFile(this.frames.base(access), 'attachment', path), 303);
    } catch (error) {
      return again(told(error, reply));
    }
  }

  @Get('rename-file/*')
  @Needs('file.write')
  async move(
    @Granted() access: Access<'file.write'>,
    @Param('*') path: string,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage> {
    return htmlAnswer(FileMoveScreen({ ...(await this.place(access, path, request, reply)), to: path, fault: null }));
  }

  @Post('rename-file/*')
  @HttpCode(200)
  @Needs('file.write')
  async moved(
    @Granted() access: Access<'file.write'>,
    @Param('*') path: string,
    @Body({ schema: schema.moveFileForm }) { to, links, seen }: schema.MoveFileForm,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    try {
      const move = { path, newPath: to, links: links === 'on', ifMatch: seen };
      const done = await this.writer.move(access, move);
      return void reply.redirect(aboutFile(this.frames.base(access), 'attachment', done.path), 303);
    } catch (error) {
      const fault = told(error, reply);
      return htmlAnswer(FileMoveScreen({ ...(await this.place(access, path, request, reply)), to, fault }));
    }
  }

  @Get('delete-file/*')
  @Needs('file.write')
  async remove(
    @Granted() access: Access<'file.write'>,
    @Param('*') path: string,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage> {
    return htmlAnswer(FileRemoveScreen({ ...(await this.place(access, path, request, reply)), fault: null }));
  }

  @Post('delete-file/*')
  @HttpCode(200)
  @Needs('file.write')
  async removed(
    @Granted() access: Access<'file.write'>,
    @Param('*') path: string,
    @Body({ schema: schema.removeFileForm }) { seen }: schema.RemoveFileForm,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    try {
      await this.writer.remove(access, { path, ifMatch: seen });
      return void reply.redirect(filesAddress(this.frames.base(access), null), 303);
    } catch (error) {
      const fault = told(error, reply);
      return htmlAnswer(FileRemoveScreen({ ...(await this.place(access, path, request, reply)), fault }));
    }
  }

  /** Makes a file again what it was, also when it was deleted since. */
  @Post('restore-file/*')
  @HttpCode(200)
  @Needs('file.write')
  async restore(
    @Granted() access: Access<'file.write'>,
    @Param('*') path: string,
    @Body({ schema: schema.restoreFileForm }) { revision, was, seen }: schema.RestoreFileForm,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    try {
      const done = await this.writer.restore(access, { path, revision, was, ifMatch: seen });
      return void reply.redirect(aboutFile(this.frames.base(access), 'attachment', done.path), 303);
    } catch (error) {
      const shown = { path, cursor: undefined, fault: told(error, reply) };
      return this.screen(this.acl.also(access, 'history.read'), shown, request, reply);
    }
  }

  private async screen(
    access: Access<'history.read'>,
    { path, cursor, fault }: { path: string; cursor: string | undefined; fault: string | null },
    request: DoorRequest,
    reply: FastifyReply,
  ): Promise<HtmlPage> {
    const reading = this.acl.also(access, 'page.read');
    const [now, usedBy, history] = await Promise.all([
      this.files.find(reading, path),
      this.files.usedBy(reading, path),
      this.files.history(access, path, { limit: pageOfRevisions, cursor }),
    ]);
    const formToken = this.acl.can(access, 'file.write') ? this.cookies.formToken(request, reply) : null;
    const frame = this.frames.of(access, request);
    return htmlAnswer(FileScreen({ ...frame, path, now, usedBy, ...history, fault, formToken }));
  }

  private async place(access: Access, path: string, request: DoorRequest, reply: FastifyReply) {
    const reading = this.acl.also(access, 'page.read');
    const file = await this.files.find(reading, path);
    if (file === null) throw new WikiError('attachment-not-found', `There is no file ${JSON.stringify(path)}.`);
    const usedBy = await this.files.usedBy(reading, path);
    const formToken = this.cookies.formToken(request, reply);
    return { ...this.frames.of(access, request), path, seen: file.blob, usedBy, formToken };
  }
}
