import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Req } from '@nestjs/common';
import { type Access, Acl } from '@lib/acl';
import { fileAddress } from '@lib/markdown';
import { Drafts, FileWriter, mimeOf, Suggestions } from '@lib/wiki';
import { DoorError } from '../../http/door-error.js';
import type { DoorRequest } from '../../http/door-request.js';
import { Granted, Needs } from '../../http/needs.js';
import { Frames } from '../layout/frames.js';
import { ShownPages } from '../reading/shown-pages.js';
import * as schema from './assistance.schema.js';

const mostSuggested = 12;

/** What the editor in a browser asks for while somebody writes; answers are JSON. */
@Controller('~wiki/-')
export class AssistanceController {
  constructor(
    private readonly acl: Acl,
    private readonly suggestions: Suggestions,
    private readonly shown: ShownPages,
    private readonly drafts: Drafts,
    private readonly files: FileWriter,
    private readonly frames: Frames,
  ) {}

  /** Pages and sections of which the name begins so. */
  @Get('suggest')
  @Needs('search.use')
  async suggest(
    @Granted() access: Access<'search.use'>,
    @Query({ schema: schema.suggestQuery }) { q }: schema.SuggestQuery,
  ) {
    return { suggestions: await this.suggestions.of(access, q, mostSuggested) };
  }

  /** How a text would look as this page; `html` is null when it would be shown as text. */
  @Post('preview/*')
  @HttpCode(200)
  @Needs('page.write')
  async preview(
    @Granted() access: Access<'page.write'>,
    @Param('*') path: string,
    @Body({ schema: schema.previewBody }) { content }: schema.PreviewBody,
  ) {
    const reading = this.acl.also(access, 'page.read');
    const shown = await this.shown.text(reading, { path, text: content }, this.frames.base(access), { hasLines: true });
    return { html: shown?.html ?? null };
  }

  @Put('draft/*')
  @Needs('page.write')
  async keepDraft(
    @Granted() access: Access<'page.write'>,
    @Param('*') path: string,
    @Body({ schema: schema.draftBody }) { content, revision }: schema.DraftBody,
  ) {
    await this.drafts.keep(access, { path, content, revision: revision ?? null });
    return { kept: true };
  }

  @Delete('draft/*')
  @Needs('page.write')
  async dropDraft(@Granted() access: Access<'page.write'>, @Param('*') path: string) {
    await this.drafts.drop(access, path);
    return { kept: false };
  }

  /**
   * Puts the bytes of the body into the folder of a page, which may not be there yet, and says how to show them. What is
   * pasted is called `image.png` again and again, so it replaces nothing.
   */
  @Post('upload/*')
  @HttpCode(201)
  @Needs('file.write')
  async upload(
    @Granted() access: Access<'file.write'>,
    @Param('*') path: string,
    @Query({ schema: schema.uploadQuery }) { filename }: schema.UploadQuery,
    @Req() request: DoorRequest,
  ) {
    const { body } = request;
    if (!Buffer.isBuffer(body)) throw new DoorError('malformed-request', 'The bytes of the file are missing.');
    const { path: whole } = await this.files.add(access, { path: `${path}/${filename}`, bytes: body });
    return {
      filename: whole.slice(whole.lastIndexOf('/') + 1),
      path: whole,
      address: fileAddress(this.frames.base(access), whole),
      mime: mimeOf(whole),
    };
  }
}
