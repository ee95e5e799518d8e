import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { type Access, Acl } from '@lib/acl';
import { Attachments, Files, FileWriter, Pages, WikiError } from '@lib/wiki';
import type { FastifyReply } from 'fastify';
import type { DoorRequest } from '../../http/door-request.js';
import { HtmlPage } from '../../http/html-page.js';
import { Granted, Needs } from '../../http/needs.js';
import { SessionCookies } from '../../http/session-cookies.js';
import { filesOf, type UploadedFile } from '../../http/upload-forms.js';
import { htmlAnswer } from '../html.js';
import { Frames } from '../layout/frames.js';
import { textsFor } from '../texts/texts.js';
import { told } from '../told.js';
import { whetherMissing } from '../whether-missing.js';
import { filesAddress } from './file-addresses.js';
import * as schema from './files.schema.js';
import { FilesScreen, type Uploaded } from './files-screen.js';

const pageOfFiles = 50;

/** Where the files go: those of a page, or a folder of the wiki. */
interface Place {
  /** Null for the files of the wiki as a whole. */
  page: string | null;
  folder: string;
  replace: boolean;
}

/** The files of a page, and those of a wiki. */
@Controller('~wiki/-')
export class FilesController {
  constructor(
    private readonly acl: Acl,
    private readonly files: Files,
    private readonly writer: FileWriter,
    private readonly attachments: Attachments,
    private readonly pages: Pages,
    private readonly frames: Frames,
    private readonly cookies: SessionCookies,
  ) {}

  @Get(['files', 'files/*'])
  @Needs('page.read')
  async list(
    @Granted() access: Access<'page.read'>,
    @Param('*') path: string | undefined,
    @Query({ schema: schema.filesQuery }) query: schema.FilesQuery,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage> {
    return this.show(access, { page: pageOf(path), query, uploaded: [] }, request, reply);
  }

  /** Takes the files of a form; who asks for JSON is told what became of each in JSON. */
  @Post(['files', 'files/*'])
  @HttpCode(200)
  @Needs('file.write')
  async upload(
    @Granted() access: Access<'file.write'>,
    @Param('*') path: string | undefined,
    @Body({ schema: schema.uploadForm }) form: schema.UploadForm,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | { files: Uploaded[] } | void> {
    const place = { page: pageOf(path), folder: form.folder, replace: form.replace === 'on' };
    const uploaded: Uploaded[] = [];
    for (const file of filesOf(request)) uploaded.push(await this.take(access, place, file, reply));
    if (uploaded.length === 0) {
      const { nothingChosen } = textsFor(request.headers['accept-language']).attachments;
      uploaded.push({ name: '', path: null, fault: nothingChosen });
      reply.code(422);
    }
    if (/^application\/json\b/.test(request.headers.accept ?? '')) return { files: uploaded };
    if (uploaded.every(({ fault }) => fault === null))
      return void reply.redirect(filesAddress(this.frames.base(access), place.page), 303);
    const reading = this.acl.also(access, 'page.read');
    return this.show(reading, { page: place.page, query: { q: '', show: 'all' }, uploaded }, request, reply);
  }

  private async take(
    access: Access<'file.write'>,
    { page, folder, replace }: Place,
    { filename: name, bytes }: UploadedFile,
    reply: FastifyReply,
  ): Promise<Uploaded> {
    try {
      if (bytes === null) throw fileTooLarge(name, access.wiki.limits.fileBytes);
      if (page === null) {
        const { path } = await this.writer.put(access, { path: below(folder, name), bytes, replace });
        return { name, path, fault: null };
      }
      const done = await this.attachments.write(access, { path: page, filename: name, bytes, replace });
      return { name, path: `${done.path}/${done.filename}`, fault: null };
    } catch (error) {
      return { name, path: null, fault: told(error, reply) };
    }
  }

  private async show(
    access: Access<'page.read'>,
    { page, query, uploaded }: { page: string | null; query: schema.FilesQuery; uploaded: Uploaded[] },
    request: DoorRequest,
    reply: FastifyReply,
  ): Promise<HtmlPage> {
    const { q, show: state, cursor } = query;
    const [listed, isPage] = await Promise.all([
      this.files.list(access, {
        ...{ state, cursor, limit: pageOfFiles },
        ...(page !== null && { folder: page }),
        ...(q !== '' && { name: q }),
      }),
      page !== null && this.pages.read(access, { path: page }).then(() => true, whetherMissing),
    ]);
    // A folder may hold files of a page that is there no more.
    if (page !== null && !isPage && listed.total === 0) await this.pages.read(access, { path: page });
    const mayUpload = this.acl.can(access, 'file.write') && (page === null || isPage);
    return htmlAnswer(
      FilesScreen({
        ...this.frames.of(access, request),
        ...{ page, isPage, uploaded, query: { q, state }, ...listed },
        formToken: mayUpload ? this.cookies.formToken(request, reply) : null,
      }),
    );
  }
}

const pageOf = (path: string | undefined): string | null => (path === undefined || path === '' ? null : path);

const below = (folder: string, name: string): string => {
  const bare = folder.replace(/^\/+|\/+$/g, '');
  return bare === '' ? name : `${bare}/${name}`;
};

/** A file of which not all bytes were taken in. */
export function fileTooLarge(path: string, limit: number): WikiError {
  const sentence = `${JSON.stringify(path)} is too large; a file may have ${limit} bytes.`;
  return new WikiError('file-too-large', sentence, { path, limit });
}
