import { Body, Controller, Get, Param, Patch, Put, Query } from '@nestjs/common';
import type { Access } from '@lib/acl';
import { PageWriter, Pages } from '@lib/wiki';
import { Answers } from '../http/answers.js';
import { Conditions, type WriteConditions } from '../http/conditions.js';
import { CreatedAnswer } from '../http/created-answer.js';
import { Describes } from '../http/describes.js';
import { Granted, Needs } from '../http/needs.js';
import { TaggedByRevision } from '../http/tagged-by-revision.js';
import { pageAnswer, pageRowsAnswer, writtenAnswer } from './page-answers.js';
import * as schema from './page.schema.js';
import { listFilter } from './list-filter.js';
import { writeOptions } from './write-options.js';

@Controller('~wiki/api/v1/pages')
export class PagesController {
  constructor(
    private readonly pages: Pages,
    private readonly writer: PageWriter,
  ) {}

  @Get()
  @Describes('List the pages of the wiki', 'bad-date', 'bad-cursor')
  @Needs('page.read')
  @Answers(schema.pageList)
  async list(
    @Granted() access: Access<'page.read'>,
    @Query({ schema: schema.pageListQuery }) query: schema.PageListQuery,
  ) {
    return pageRowsAnswer(await this.pages.list(access, listFilter(query)));
  }

  @Get(':path')
  @Describes('Read a page, or one section of it', 'page-not-found', 'revision-not-found', 'section-not-found')
  @Needs('page.read')
  @Answers(schema.page)
  @TaggedByRevision()
  async read(
    @Granted() access: Access<'page.read'>,
    @Param('path') path: string,
    @Query({ schema: schema.pageQuery }) query: schema.PageQuery,
  ) {
    return pageAnswer(await this.pages.read(access, { path, ...query }));
  }

  @Put(':path')
  @Describes(
    'Create a page, or replace its content',
    'revision-required',
    'page-moved-on',
    'path-not-allowed',
    'path-twin',
    'revision-not-valid',
    'page-too-large',
    'page-limit',
  )
  @Needs('page.write')
  @Answers(schema.written, { status: 200, or: 201 })
  @CreatedAnswer()
  @TaggedByRevision()
  async put(
    @Granted() access: Access<'page.write'>,
    @Param('path') path: string,
    @Body({ schema: schema.putPage }) body: schema.PutPage,
    @Conditions() conditions: WriteConditions,
  ) {
    return writtenAnswer(
      await this.writer.write(access, {
        path,
        content: body.content,
        merge: body.merge,
        ...writeOptions(body, conditions),
      }),
    );
  }

  @Patch(':path')
  @Describes(
    'Replace the one occurrence of a text in a page',
    'page-not-found',
    'page-moved-on',
    'edit-not-found',
    'edit-ambiguous',
    'edit-identical',
    'revision-not-valid',
    'page-too-large',
  )
  @Needs('page.write')
  @Answers(schema.written)
  @TaggedByRevision()
  async edit(
    @Granted() access: Access<'page.write'>,
    @Param('path') path: string,
    @Body({ schema: schema.patchPage }) body: schema.PatchPage,
    @Conditions() conditions: WriteConditions,
  ) {
    return writtenAnswer(
      await this.writer.edit(access, {
        path,
        oldString: body.old_string,
        newString: body.new_string,
        merge: body.merge,
        ...writeOptions(body, conditions),
        revision: body.revision,
      }),
    );
  }
}
