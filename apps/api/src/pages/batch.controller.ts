import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import type { Access } from '@lib/acl';
import { PageWriter } from '@lib/wiki';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { Conditions, type WriteConditions } from '../http/conditions.js';
import { Describes } from '../http/describes.js';
import { Granted, Needs } from '../http/needs.js';
import { batchAnswer, operationOf } from './batch-answers.js';
import { batchWritten, postBatch } from './batch.schema.js';
import { writeOptions } from './write-options.js';

@Controller('~wiki/api/v1/batch')
export class BatchController {
  constructor(private readonly writer: PageWriter) {}

  @Post()
  @HttpCode(200)
  @Describes(
    'Several changes as one commit, or none of them',
    'page-not-found',
    'page-exists',
    'page-moved-on',
    'revision-required',
    'revision-not-valid',
    'path-not-allowed',
    'path-outside-token',
    'path-twin',
    'edit-not-found',
    'edit-ambiguous',
    'edit-identical',
    'page-too-large',
    'page-limit',
    'batch-too-large',
  )
  @Needs('page.write')
  @Answers(batchWritten)
  async write(
    @Granted() access: Access<'page.write'>,
    @Body({ schema: postBatch }) body: z.infer<typeof postBatch>,
    @Conditions() conditions: WriteConditions,
  ) {
    const operations = body.operations.map(operationOf);
    return batchAnswer(await this.writer.batch(access, { operations, ...writeOptions(body, conditions) }));
  }
}
