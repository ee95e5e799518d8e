import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { Access } from '@lib/acl';
import { PageHistory } from '@lib/wiki';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { Conditions, type WriteConditions } from '../http/conditions.js';
import { Describes } from '../http/describes.js';
import { Granted, Needs } from '../http/needs.js';
import { TaggedByRevision } from '../http/tagged-by-revision.js';
import { writtenAnswer } from '../pages/page-answers.js';
import { written } from '../pages/page.schema.js';
import { writeOptions } from '../pages/write-options.js';
import { blameAnswer, changelogAnswer, diffAnswer, historyAnswer } from './history-answers.js';
import * as schema from './history.schema.js';

@Controller('~wiki/api/v1')
export class HistoryController {
  constructor(private readonly history: PageHistory) {}

  @Get('changelog')
  @Describes('What changed in the wiki, newest first', 'revision-not-found', 'revision-not-valid', 'bad-cursor')
  @Needs('history.read')
  @Answers(schema.changelog)
  async changes(
    @Granted() access: Access<'history.read'>,
    @Query({ schema: schema.changelogQuery }) query: z.infer<typeof schema.changelogQuery>,
  ) {
    return changelogAnswer(await this.history.changes(access, query));
  }

  @Get('pages/:path/history')
  @Describes('Revisions of a page, newest first, through renames', 'page-not-found', 'bad-cursor')
  @Needs('history.read')
  @Answers(schema.history)
  async log(
    @Granted() access: Access<'history.read'>,
    @Param('path') path: string,
    @Query({ schema: schema.historyQuery }) query: z.infer<typeof schema.historyQuery>,
  ) {
    return historyAnswer(path, await this.history.log(access, path, query));
  }

  @Get('pages/:path/diff')
  @Describes(
    'What changed in a page between two revisions',
    'page-not-found',
    'revision-not-found',
    'revision-not-valid',
  )
  @Needs('history.read')
  @Answers(schema.diff)
  async diff(
    @Granted() access: Access<'history.read'>,
    @Param('path') path: string,
    @Query({ schema: schema.diffQuery }) query: z.infer<typeof schema.diffQuery>,
  ) {
    return diffAnswer(path, await this.history.diff(access, path, query.from, query.to));
  }

  @Get('pages/:path/blame')
  @Describes('Who wrote each line of a page', 'page-not-found', 'revision-not-found', 'revision-not-valid')
  @Needs('history.read')
  @Answers(schema.blame)
  async blame(
    @Granted() access: Access<'history.read'>,
    @Param('path') path: string,
    @Query({ schema: schema.blameQuery }) query: z.infer<typeof schema.blameQuery>,
  ) {
    return blameAnswer(path, await this.history.blame(access, path, query.revision));
  }

  @Post('pages/:path/restore')
  @HttpCode(200)
  @Describes(
    'Give a page the content it had at a revision, also when it was deleted since',
    'page-not-found',
    'revision-not-found',
    'revision-not-valid',
    'page-moved-on',
  )
  @Needs('page.write')
  @Answers(written)
  @TaggedByRevision()
  async restore(
    @Granted() access: Access<'page.write'>,
    @Param('path') path: string,
    @Body({ schema: schema.restorePage }) body: z.infer<typeof schema.restorePage>,
    @Conditions() conditions: WriteConditions,
  ) {
    const options = writeOptions({ ...body, revision: body.current_revision }, conditions);
    return writtenAnswer(await this.history.restore(access, path, body.revision, options));
  }
}
