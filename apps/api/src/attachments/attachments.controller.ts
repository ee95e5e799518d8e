import { Body, Controller, Delete, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Access } from '@lib/acl';
import { Attachments } from '@lib/wiki';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { Conditions, type WriteConditions } from '../http/conditions.js';
import { Describes } from '../http/describes.js';
import { Granted, Needs } from '../http/needs.js';
import { writeOptions } from '../pages/write-options.js';
import { attachmentsAnswer, deletedAnswer, fileAnswer, uploadedAnswer } from './attachment-answers.js';
import * as schema from './attachment.schema.js';
import { wantsBytes } from './raw-file.js';
import { uploadOf } from './upload.js';

@Controller('~wiki/api/v1/pages/:path/attachments')
export class AttachmentsController {
  constructor(private readonly attachments: Attachments) {}

  @Get()
  @Describes('Files attached to a page', 'page-not-found')
  @Needs('page.read')
  @Answers(schema.attachmentList)
  async list(@Granted() access: Access<'page.read'>, @Param('path') path: string) {
    return attachmentsAnswer(path, await this.attachments.list(access, path));
  }

  @Get(':filename')
  @Describes('A file: base64 in JSON, or its bytes with raw=1', 'attachment-not-found', 'revision-not-found')
  @Needs('page.read')
  @Answers(schema.attachmentContent)
  async read(
    @Granted() access: Access<'page.read'>,
    @Param() { path, filename }: { path: string; filename: string },
    @Query({ schema: schema.attachmentQuery }) query: z.infer<typeof schema.attachmentQuery>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const file = await this.attachments.read(access, path, filename, query.revision);
    return fileAnswer({ ...file, filename }, wantsBytes(request, query.raw), reply);
  }

  @Post()
  @Describes(
    'Attach a file: base64 in JSON, or the bytes themselves with filename in the query',
    'page-not-found',
    'path-not-allowed',
    'bad-base64',
    'file-too-large',
    'attachment-quota',
  )
  @Needs('file.write')
  @Answers(schema.attachmentWritten, { status: 201 })
  async write(
    @Granted() access: Access<'file.write'>,
    @Param('path') path: string,
    @Body({ schema: schema.uploadBody }) body: z.infer<typeof schema.uploadBody>,
    @Query({ schema: schema.postAttachmentQuery }) query: z.infer<typeof schema.postAttachmentQuery>,
    @Conditions() conditions: WriteConditions,
  ) {
    const { filename, bytes, ...told } = uploadOf(body, query);
    const result = await this.attachments.write(access, { path, filename, bytes, ...writeOptions(told, conditions) });
    return uploadedAnswer(path, result);
  }

  @Delete(':filename')
  @Describes('Take a file off a page; history keeps it', 'attachment-not-found')
  @Needs('file.write')
  @Answers(schema.attachmentDeleted)
  async remove(
    @Granted() access: Access<'file.write'>,
    @Param() { path, filename }: { path: string; filename: string },
    @Body({ schema: schema.deleteAttachment }) body: z.infer<typeof schema.deleteAttachment>,
    @Conditions() conditions: WriteConditions,
  ) {
    const options = writeOptions(body, conditions);
    return deletedAnswer({ path, filename }, await this.attachments.remove(access, { path, filename, ...options }));
  }
}
