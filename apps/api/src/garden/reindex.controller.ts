import { Controller, Get, Post } from '@nestjs/common';
import type { Access } from '@lib/acl';
import { Answers } from '../http/answers.js';
import { Describes } from '../http/describes.js';
import { Granted, Needs } from '../http/needs.js';
import { reindexStarted, reindexStatus } from './garden.schema.js';
import { reindexAnswer } from './reindex-answers.js';
import { Reindexing } from '../indexing/reindexing.js';

@Controller('~wiki/api/v1/reindex')
export class ReindexController {
  constructor(private readonly reindexing: Reindexing) {}

  @Post()
  @Describes('Build lists, words and vectors anew from the repository, in the background', 'reindex-running')
  @Needs('wiki.reindex')
  @Answers(reindexStarted, { status: 202 })
  start(@Granted() access: Access<'wiki.reindex'>) {
    return this.reindexing.start(access);
  }

  @Get('status')
  @Describes('How the last rebuild went, and how far the index is')
  @Needs('page.read')
  @Answers(reindexStatus)
  async status(@Granted() access: Access<'page.read'>) {
    return reindexAnswer(await this.reindexing.status(access));
  }
}
