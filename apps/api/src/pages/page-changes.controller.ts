import { Body, Controller, Delete, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import type { Access } from '@lib/acl';
import { PageWriter } from '@lib/wiki';
import { Answers } from '../http/answers.js';
import { Conditions, type WriteConditions } from '../http/conditions.js';
import { Describes } from '../http/describes.js';
import { Granted, Needs } from '../http/needs.js';
import { TaggedByRevision } from '../http/tagged-by-revision.js';
import { deletedAnswer, renamedAnswer, writtenAnswer } from './page-answers.js';
import * as schema from './page.schema.js';
import { writeOptions } from './write-options.js';

/** Changes of a page that are not its whole text. */
@Controller('~wiki/api/v1/pages/:path')
export class PageChangesController {
  constructor(private readonly writer: PageWriter) {}

  @Delete()
  @Describes('Delete a page; its attachments and sub-pages stay', 'page-not-found', 'page-moved-on')
  @Needs('page.write')
  @Answers(schema.deleted)
  async remove(
    @Granted() access: Access<'page.write'>,
    @Param('path') path: string,
    @Body({ schema: schema.deletePage }) body: schema.DeletePage,
    @Query({ schema: schema.deletePageQuery }) query: schema.DeletePageQuery,
    @Conditions() conditions: WriteConditions,
  ) {
    return deletedAnswer(
      await this.writer.remove(access, { path, ...writeOptions({ ...query, ...body }, conditions) }),
    );
  }

  @Post('rename')
  @HttpCode(200)
  @Describes(
    'Move a page and rewrite the links to it, in one commit',
    'page-not-found',
    'page-exists',
    'page-moved-on',
    'path-not-allowed',
    'path-twin',
    'nothing-to-change',
  )
  @Needs('page.write')
  @Answers(schema.renamed)
  @TaggedByRevision()
  async rename(
    @Granted() access: Access<'page.write'>,
    @Param('path') path: string,
    @Body({ schema: schema.renamePage }) body: schema.RenamePage,
    @Conditions() conditions: WriteConditions,
  ) {
    return renamedAnswer(path)(
      await this.writer.rename(access, {
        path,
        newPath: body.new_path,
        links: body.links,
        ...writeOptions(body, conditions),
      }),
    );
  }

  @Post('append')
  @HttpCode(200)
  @Describes('Add text at the end of a page', 'page-not-found', 'page-moved-on', 'page-too-large')
  @Needs('page.write')
  @Answers(schema.written)
  @TaggedByRevision()
  async append(
    @Granted() access: Access<'page.write'>,
    @Param('path') path: string,
    @Body({ schema: schema.appendPage }) body: schema.AppendPage,
    @Conditions() conditions: WriteConditions,
  ) {
    return writtenAnswer(
      await this.writer.append(access, { path, content: body.content, ...writeOptions(body, conditions) }),
    );
  }

  @Put('section')
  @Describes('Replace one section of a page', 'page-not-found', 'section-not-found', 'page-moved-on', 'page-too-large')
  @Needs('page.write')
  @Answers(schema.written)
  @TaggedByRevision()
  async putSection(
    @Granted() access: Access<'page.write'>,
    @Param('path') path: string,
    @Body({ schema: schema.putSection }) body: schema.PutSection,
    @Conditions() conditions: WriteConditions,
  ) {
    return writtenAnswer(
      await this.writer.replaceSection(access, {
        path,
        section: body.section,
        content: body.content,
        merge: body.merge,
        ...writeOptions(body, conditions),
      }),
    );
  }
}
