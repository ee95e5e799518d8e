import { Body, Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { type Access, Acl } from '@lib/acl';
import { pageAddress } from '@lib/markdown';
import { Drafts, PageHistory, type RevertConflict, Reverts, WikiError } from '@lib/wiki';
import type { FastifyReply } from 'fastify';
import type { DoorRequest } from '../../http/door-request.js';
import { Granted, Needs } from '../../http/needs.js';
import { SessionCookies } from '../../http/session-cookies.js';
import { HtmlPage } from '../../http/html-page.js';
import { RevertScreen } from '../history/revert-screen.js';
import { htmlAnswer } from '../html.js';
import { Frames } from '../layout/frames.js';
import * as schema from './writing.schema.js';

/** The way back: to what a page was, to before a change, and out of a draft. */
@Controller('~wiki/-')
export class UndoController {
  constructor(
    private readonly acl: Acl,
    private readonly history: PageHistory,
    private readonly reverts: Reverts,
    private readonly drafts: Drafts,
    private readonly frames: Frames,
    private readonly cookies: SessionCookies,
  ) {}

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

  /** Takes a commit back; what stands in the way is shown, and nothing is done then. */
  @Post('revert/:revision')
  @HttpCode(200)
  @Needs('page.write')
  async revert(
    @Granted() access: Access<'page.write'>,
    @Param('revision') revision: string,
    @Body({ schema: schema.revertForm }) { rest }: schema.RevertForm,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HtmlPage | void> {
    const rights = { pages: access, files: this.acl.also(access, 'file.write') };
    try {
      const { commit } = await this.reverts.revert(rights, revision, { rest: rest === 'on' });
      return void reply.redirect(`${this.frames.base(access)}/-/commit/${commit ?? revision}`, 303);
    } catch (error) {
      if (!(error instanceof WikiError && error.code === 'revert-conflict')) throw error;
      reply.code(409);
      const { conflicts, others } = error.extra as { conflicts: RevertConflict[]; others: number };
      const formToken = this.cookies.formToken(request, reply);
      return htmlAnswer(RevertScreen({ ...this.frames.of(access, request), revision, formToken, conflicts, others }));
    }
  }

  /** Forgets what one was writing and has not saved. */
  @Post('discard/*')
  @HttpCode(200)
  @Needs('page.write')
  async discard(
    @Granted() access: Access<'page.write'>,
    @Param('*') path: string,
    @Body({ schema: schema.formAlone }) _form: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.drafts.drop(access, path);
    void reply.redirect(pageAddress(this.frames.base(access), path), 303);
  }
}
