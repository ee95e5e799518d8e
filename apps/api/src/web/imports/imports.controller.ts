import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { type AccountAccess, Acl, parseDisplayName, parseSlug, Wikis } from '@lib/acl';
import { ImportRecords, type ImportWanted } from '@lib/wiki';
import type { FastifyReply } from 'fastify';
import { takeArchive } from '../../http/archive-uploads.js';
import type { DoorRequest } from '../../http/door-request.js';
import { HtmlPage } from '../../http/html-page.js';
import { Granted, Needs } from '../../http/needs.js';
import { ImportFetches } from '../../imports/import-fetches.js';
import { ImportFolders } from '../../imports/import-folders.js';
import { textsFor } from '../texts/texts.js';
import { told } from '../told.js';
import { ImportPages } from './import-pages.js';
import { stepText } from './import-screen.js';
import * as schema from './imports.schema.js';

type Access = AccountAccess<'wiki.create'>;

/** Brings wikis from elsewhere: what would come is shown first, and then made in the background. */
@Controller('import')
export class ImportsController {
  constructor(
    private readonly acl: Acl,
    private readonly wikis: Wikis,
    private readonly imports: ImportRecords,
    private readonly folders: ImportFolders,
    private readonly fetches: ImportFetches,
    private readonly pages: ImportPages,
  ) {}

  @Get()
  @Needs('nothing')
  async all(@Req() request: DoorRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<HtmlPage | void> {
    // That there is such a page is no secret, so nobody is sent to where they can be somebody.
    if (request.actor?.kind !== 'person') return void reply.redirect('/auth/sign-in?next=%2Fimport', 303);
    return this.pages.all(this.acl.requireAccount('wiki.create', request.actor), {}, request, reply);
  }

  /** Takes an archive; who asks for JSON is told in JSON where to go on, or why not. */
  @Post()
  @HttpCode(200)
  @Needs('wiki.create')
  async upload(
    @Granted() access: Access,
    @Body({ schema: schema.uploadForm }) _: unknown,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | { files: { fault: string | null }[]; location?: string } | void> {
    const isScript = /^application\/json\b/.test(request.headers.accept ?? '');
    try {
      const archive = takeArchive(request);
      if (archive === null) {
        reply.code(422);
        const fault = textsFor(request.headers['accept-language']).imports.nothingChosen;
        return isScript ? { files: [{ fault }] } : await this.pages.all(access, { fault }, request, reply);
      }
      const { id } = await this.begin(access, archive);
      if (isScript) return { files: [{ fault: null }], location: `/import/${id}` };
      return void reply.redirect(`/import/${id}`, 303);
    } catch (error) {
      const fault = told(error, reply);
      return isScript ? { files: [{ fault }] } : this.pages.all(access, { fault }, request, reply);
    }
  }

  @Post('remote')
  @HttpCode(200)
  @Needs('wiki.create')
  async fetch(
    @Granted() access: Access,
    @Body({ schema: schema.remoteForm }) { url, token }: schema.RemoteForm,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    try {
      const { id } = await this.fetches.begin(access, { url, ...(token !== '' && { token }) });
      return void reply.redirect(`/import/${id}`, 303);
    } catch (error) {
      // The token is not sent back.
      return this.pages.all(access, { fault: told(error, reply), url }, request, reply);
    }
  }

  @Post('demo')
  @HttpCode(303)
  @Needs('operate')
  async demo(
    @Granted() { actor }: AccountAccess<'operate'>,
    @Body({ schema: schema.plainForm }) _: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const access = this.acl.requireAccount('wiki.create', actor);
    const { id } = await this.imports.begin(access, { kind: 'demo', source: 'demo' });
    void reply.redirect(`/import/${id}`, 303);
  }

  @Get(':id')
  @Needs('wiki.create')
  async one(
    @Granted() access: Access,
    @Param('id') id: string,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage> {
    return this.pages.one(access, await this.imports.read(access, id), {}, request, reply);
  }

  /** How far it is, for the script of the page. */
  @Get(':id/progress')
  @Needs('wiki.create')
  async progress(
    @Granted() access: Access,
    @Param('id') id: string,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    reply.header('cache-control', 'no-store');
    const record = await this.imports.read(access, id);
    const { state, progress } = record;
    const text = stepText(record, textsFor(request.headers['accept-language']));
    return { state, text, done: progress?.done ?? null, total: progress?.total ?? null };
  }

  @Post(':id/start')
  @HttpCode(200)
  @Needs('wiki.create')
  async start(
    @Granted() access: Access,
    @Param('id') id: string,
    @Body({ schema: schema.startForm }) form: schema.StartForm,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    const record = await this.imports.read(access, id);
    const { name, slug, visibility, link_order: linkOrder } = form;
    const wanted: ImportWanted = { name, slug, visibility, linkOrder };
    try {
      const parsed = { ...wanted, name: parseDisplayName(name, 'The name of a wiki'), slug: parseSlug(slug) };
      const mine = await this.wikis.ofActor(access.actor);
      const isTaken = mine.some(({ wiki, role }) => role === 'owner' && wiki.slug === parsed.slug);
      if (isTaken) {
        reply.code(409);
        const fault = textsFor(request.headers['accept-language']).imports.form.slugTaken(parsed.slug);
        return await this.pages.one(access, record, { fault, wanted }, request, reply);
      }
      await this.imports.start(access, id, parsed);
      return void reply.redirect(`/import/${id}`, 303);
    } catch (error) {
      return this.pages.one(access, record, { fault: told(error, reply), wanted }, request, reply);
    }
  }

  @Post(':id/again')
  @HttpCode(303)
  @Needs('wiki.create')
  async again(
    @Granted() access: Access,
    @Param('id') id: string,
    @Body({ schema: schema.plainForm }) _: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.imports.again(access, id);
    void reply.redirect(`/import/${id}`, 303);
  }

  @Post(':id/discard')
  @HttpCode(303)
  @Needs('wiki.create')
  async discard(
    @Granted() access: Access,
    @Param('id') id: string,
    @Body({ schema: schema.plainForm }) _: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.imports.discard(access, id);
    await this.folders.remove(id);
    void reply.redirect('/import', 303);
  }

  private async begin(access: Access, { id, filename }: { id: string; filename: string }) {
    try {
      return await this.imports.begin(access, { id, kind: 'upload', source: filename });
    } catch (error) {
      await this.folders.remove(id);
      throw error;
    }
  }
}
