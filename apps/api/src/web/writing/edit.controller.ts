import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { type Access, Acl, AclError } from '@lib/acl';
import { lineDiff } from '@lib/git';
import { pageAddress } from '@lib/markdown';
import { type Draft, Drafts, keptLineBreaks, Pages, PageWriter, type PageView, WikiError } from '@lib/wiki';
import type { FastifyReply } from 'fastify';
import type { DoorRequest } from '../../http/door-request.js';
import { Granted, Needs } from '../../http/needs.js';
import { problemOf } from '../../http/problems.js';
import { SessionCookies } from '../../http/session-cookies.js';
import { HtmlPage } from '../../http/html-page.js';
import { htmlAnswer } from '../html.js';
import { Frames } from '../layout/frames.js';
import { ShownPages } from '../reading/shown-pages.js';
import { ConflictScreen } from './conflict-screen.js';
import { EditScreen } from './edit-screen.js';
import { editForm, type EditForm, newPageQuery, type NewPageQuery } from './writing.schema.js';
import { NewScreen } from './new-screen.js';

/** What a request to change a page comes with. */
interface Asked {
  access: Access<'page.write'>;
  path: string;
  request: DoorRequest;
  reply: FastifyReply;
}

/** Writing pages in a browser, with forms that need no script. */
@Controller('~wiki/-')
export class EditController {
  constructor(
    private readonly acl: Acl,
    private readonly pages: Pages,
    private readonly writer: PageWriter,
    private readonly drafts: Drafts,
    private readonly shown: ShownPages,
    private readonly frames: Frames,
    private readonly cookies: SessionCookies,
  ) {}

  @Get('new')
  @Needs('page.write')
  choose(
    @Granted() access: Access<'page.write'>,
    @Query({ schema: newPageQuery }) { path }: NewPageQuery,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): HtmlPage | void {
    const frame = this.frames.of(access, request);
    if (path === undefined || path === '') return htmlAnswer(NewScreen({ ...frame, path: '', fault: null }));
    return void reply.redirect(pageAddress(`${frame.base}/-/edit`, path), 303);
  }

  @Get('edit/*')
  @Needs('page.write')
  async open(
    @Granted() access: Access<'page.write'>,
    @Param('*') path: string,
    @Query('draft') continued: string | undefined,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage> {
    const [view, draft] = await Promise.all([this.now(access, path), this.drafts.read(access, path)]);
    const now = { revision: view?.revision ?? null, content: view?.content ?? '' };
    const isContinued = draft !== null && continued !== undefined;
    const written = isContinued ? { revision: draft.revision, content: draft.content } : now;
    const offered = isContinued || draft?.content === now.content ? null : draft;
    const shown = { ...written, message: '', preview: null, fault: null, draft: offered };
    return this.editor({ access, path, request, reply }, shown);
  }

  @Post('edit/*')
  @HttpCode(200)
  @Needs('page.write')
  async save(
    @Granted() access: Access<'page.write'>,
    @Param('*') path: string,
    @Body({ schema: editForm }) form: EditForm,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    const asked = { access, path, request, reply };
    const { revision, message } = form;
    const written = { revision: revision ?? null, content: form.content, message: message ?? '' };
    if (form.act === 'preview') {
      const preview = await this.shown.text(
        this.acl.also(access, 'page.read'),
        { path, text: form.content },
        this.frames.base(access),
      );
      return this.editor(asked, { ...written, preview, fault: null });
    }
    try {
      const before = revision === undefined ? '' : await this.textAt(access, path, revision);
      const content = keptLineBreaks(form.content, before);
      const result = await this.writer.write(access, {
        ...{ path, content },
        ...(revision !== undefined && { revision }),
        ...(message !== undefined && { message }),
      });
      // The page is written; a draft that stays says the same, and is not offered again.
      await this.drafts.drop(access, path).catch(() => {});
      return void reply.redirect(pageAddress(this.frames.base(access), result.path), 303);
    } catch (error) {
      return this.refused(asked, form, error);
    }
  }

  private async refused(asked: Asked, form: EditForm, error: unknown): Promise<HtmlPage> {
    const { code, status, detail } = problemOf(error);
    if (!(error instanceof WikiError || error instanceof AclError) || status >= 500) throw error;
    asked.reply.code(status);
    const { content, revision, message } = form;
    if (code === 'page-moved-on' || code === 'revision-required') {
      const theirs = await this.now(asked.access, asked.path);
      if (theirs !== null) return this.conflict(asked, form, theirs);
    }
    return this.editor(asked, {
      revision: revision ?? null,
      content,
      message: message ?? '',
      preview: null,
      fault: detail,
    });
  }

  private async conflict({ access, path, request, reply }: Asked, form: EditForm, theirs: PageView): Promise<HtmlPage> {
    const before = form.revision === undefined ? '' : await this.textAt(access, path, form.revision);
    const { author, agent } = theirs.lastCommit;
    const yours = keptLineBreaks(form.content, before);
    return htmlAnswer(
      ConflictScreen({
        ...this.frames.of(access, request),
        ...{ path, revision: theirs.revision, yours, theirs: theirs.content },
        formToken: this.cookies.formToken(request, reply),
        message: form.message ?? '',
        differences: { yours: lineDiff(before, yours), theirs: lineDiff(before, theirs.content) },
        who: agent === null ? author.name : `${author.name} (${agent})`,
      }),
    );
  }

  private editor(
    { access, path, request, reply }: Asked,
    shown: Pick<Parameters<typeof EditScreen>[0], 'revision' | 'content' | 'message' | 'preview' | 'fault'> & {
      draft?: Draft | null;
    },
  ): HtmlPage {
    const formToken = this.cookies.formToken(request, reply);
    return htmlAnswer(EditScreen({ ...this.frames.of(access, request), path, formToken, draft: null, ...shown }));
  }

  private async textAt(access: Access, path: string, revision: string): Promise<string> {
    return (await this.read(access, { path, revision }))?.content ?? '';
  }

  private now(access: Access, path: string): Promise<PageView | null> {
    return this.read(access, { path });
  }

  private async read(access: Access, asked: { path: string; revision?: string }): Promise<PageView | null> {
    try {
      return await this.pages.read(this.acl.also(access, 'page.read'), asked);
    } catch (error) {
      if (error instanceof WikiError && error.code === 'page-not-found') return null;
      throw error;
    }
  }
}
