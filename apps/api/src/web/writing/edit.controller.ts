import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { type Access, Acl, AclError } from '@lib/acl';
import { lineDiff } from '@lib/git';
import { headingSlug, pageAddress } from '@lib/markdown';
import { Drafts, keptLineBreaks, PageWriter, replaceSection, WikiError, type WriteResult } from '@lib/wiki';
import type { FastifyReply } from 'fastify';
import type { DoorRequest } from '../../http/door-request.js';
import { Granted, Needs } from '../../http/needs.js';
import { problemOf } from '../../http/problems.js';
import { SessionCookies } from '../../http/session-cookies.js';
import { HtmlPage } from '../../http/html-page.js';
import { allowStyles } from '../../http/style-nonce.js';
import { htmlAnswer } from '../html.js';
import { Frames } from '../layout/frames.js';
import { ShownPages } from '../reading/shown-pages.js';
import { ConflictScreen } from './conflict-screen.js';
import { EditScreen, type EditScreenProps } from './edit-screen.js';
import { EditedTexts } from './edited-texts.js';
import { editForm, type EditForm, editQuery, type EditQuery } from './writing.schema.js';

/** What a request to change a page comes with. */
interface Asked {
  access: Access<'page.write'>;
  path: string;
  request: DoorRequest;
  reply: FastifyReply;
}

type Shown = Omit<EditScreenProps, keyof ReturnType<Frames['of']> | 'path' | 'formToken' | 'styleNonce'>;

/** Writing pages in a browser, with forms that need no script. */
@Controller('~wiki/-')
export class EditController {
  constructor(
    private readonly acl: Acl,
    private readonly texts: EditedTexts,
    private readonly writer: PageWriter,
    private readonly drafts: Drafts,
    private readonly shown: ShownPages,
    private readonly frames: Frames,
    private readonly cookies: SessionCookies,
  ) {}

  @Get('edit/*')
  @Needs('page.write')
  async open(
    @Granted() access: Access<'page.write'>,
    @Param('*') path: string,
    @Query({ schema: editQuery }) query: EditQuery,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage> {
    const asked = { access, path, request, reply };
    if (query.revert !== undefined) return this.takeBack(asked, query.revert, query.was ?? path);
    const opened = await this.texts.opened(access, path, query);
    return this.editor(asked, { ...opened, message: '', preview: null, fault: null });
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
    if (form.act === 'preview') {
      const reading = this.acl.also(access, 'page.read');
      const preview = await this.shown.text(reading, { path, text: form.content }, this.frames.base(access));
      return this.editor(asked, { ...typed(form), preview, fault: null });
    }
    try {
      const result = await this.written(access, path, form);
      // The page is written; a draft that stays says the same, and is not offered again.
      if (form.section === undefined) await this.drafts.drop(access, path).catch(() => {});
      return void reply.redirect(pageAddress(this.frames.base(access), result.path) + anchorOf(form), 303);
    } catch (error) {
      return this.refused(asked, form, error);
    }
  }

  private async written(access: Access<'page.write'>, path: string, form: EditForm): Promise<WriteResult> {
    const { revision, message, section } = form;
    const before = await this.texts.at(access, path, revision);
    const change = {
      ...{ path, content: keptLineBreaks(form.content, before) },
      ...(revision !== undefined && { revision }),
      ...(message !== undefined && { message }),
    };
    return section === undefined
      ? this.writer.write(access, change)
      : this.writer.replaceSection(access, { ...change, section });
  }

  private async refused(asked: Asked, form: EditForm, error: unknown): Promise<HtmlPage> {
    const { code, status, detail } = problemOf(error);
    if (!(error instanceof WikiError || error instanceof AclError) || status >= 500) throw error;
    asked.reply.code(status);
    const isConflict = code === 'page-moved-on' || code === 'revision-required';
    const conflict = isConflict ? await this.conflict(asked, form) : null;
    return conflict ?? this.editor(asked, { ...typed(form), preview: null, fault: detail });
  }

  /** What two changed at once; null when the page is gone. */
  private async conflict({ access, path, request, reply }: Asked, form: EditForm): Promise<HtmlPage | null> {
    const theirs = await this.texts.now(access, path);
    if (theirs === null) return null;
    const frame = this.frames.of(access, request);
    const before = await this.texts.at(access, path, form.revision);
    const { author, agent } = theirs.lastCommit;
    const who = agent === null ? author.name : `${author.name} (${agent})`;
    const content = keptLineBreaks(form.content, before);
    const yours = form.section === undefined ? content : replaceSection(before, form.section, content);
    const { conflict: said } = frame.texts;
    const says = { ...said, text: said.text(who), theirs: said.theirs(who), whole: said.whole(who) };
    return htmlAnswer(
      ConflictScreen({
        ...{ ...frame, path, says, revision: theirs.revision, yours, theirs: theirs.content },
        formToken: this.cookies.formToken(request, reply),
        message: form.message ?? '',
        differences: { yours: lineDiff(before, yours), theirs: lineDiff(before, theirs.content) },
      }),
    );
  }

  /** A change of the page that cannot be taken back by itself, for somebody to decide. */
  private async takeBack({ access, path, request, reply }: Asked, commit: string, was: string): Promise<HtmlPage> {
    const frame = this.frames.of(access, request);
    const sides = await this.texts.sides(access, commit, was);
    const view = await this.texts.now(access, path);
    const { undoing: said } = frame.texts;
    const says = { ...said, title: `${said.revert}: ${path}`, theirs: said.since, yours: said.back, text: said.hint };
    return htmlAnswer(
      ConflictScreen({
        ...{ ...frame, path, says, revision: view?.revision ?? '', yours: sides.now, theirs: sides.before },
        formToken: this.cookies.formToken(request, reply),
        message: said.message(commit),
        differences: { yours: lineDiff(sides.after, sides.before), theirs: lineDiff(sides.after, sides.now) },
      }),
    );
  }

  private editor({ access, path, request, reply }: Asked, shown: Shown): HtmlPage {
    const formToken = this.cookies.formToken(request, reply);
    const styleNonce = allowStyles(reply);
    return htmlAnswer(EditScreen({ ...this.frames.of(access, request), path, formToken, styleNonce, ...shown }));
  }
}

/** What somebody sent, to be shown again. */
const typed = ({ revision, content, message, section }: EditForm) => ({
  ...{ content, draft: null, revision: revision ?? null, message: message ?? '', section: section ?? null },
});

/** The place on the page to go on reading: the section that was written. */
function anchorOf({ section, content }: EditForm): string {
  if (section === undefined) return '';
  const heading = /^#{1,6} (.*)/.exec(content)?.[1];
  const id = heading === undefined || section.startsWith('#') ? section.replace(/^#/, '') : headingSlug(heading);
  return `#${encodeURIComponent(id)}`;
}
