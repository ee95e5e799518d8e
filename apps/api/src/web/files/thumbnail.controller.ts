import { Controller, Get, Param, Query, Req, Res, StreamableFile } from '@nestjs/common';
import type { Access } from '@lib/acl';
import { fileAddress } from '@lib/markdown';
import { Attachments, Files } from '@lib/wiki';
import type { FastifyReply } from 'fastify';
import { DoorError } from '../../http/door-error.js';
import type { DoorRequest } from '../../http/door-request.js';
import { Granted, Needs } from '../../http/needs.js';
import { Frames } from '../layout/frames.js';
import { keptForGood } from '../served-file.js';
import * as schema from './files.schema.js';
import { Thumbnails } from './thumbnails.js';

const icon = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="80" viewBox="0 0 24 24" fill="none" stroke="#8c857a" stroke-width="1.2" stroke-linejoin="round"><path d="M6 3h8l4 4v14H6V3Zm8 0v4h4"/></svg>',
);

/** Pictures of a wiki in a small form. */
@Controller('~wiki/-')
export class ThumbnailController {
  constructor(
    private readonly files: Files,
    private readonly attachments: Attachments,
    private readonly thumbnails: Thumbnails,
    private readonly frames: Frames,
  ) {}

  @Get('thumbnail/*')
  @Needs('page.read')
  async show(
    @Granted() access: Access<'page.read'>,
    @Param('*') path: string,
    @Query({ schema: schema.thumbnailQuery }) { size, revision, blob: known }: schema.ThumbnailQuery,
    @Req() request: DoorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | void> {
    const file = await this.files.find(access, path, revision);
    if (file === null) throw new DoorError('not-found', 'There is no such file.');
    if (file.mime === 'image/svg+xml') {
      const address = fileAddress(this.frames.base(access), path);
      return void reply.redirect(revision === undefined ? address : `${address}?revision=${revision}`, 302);
    }
    const tag = `"${file.blob}-${size}"`;
    reply.header('etag', tag);
    if (known === file.blob) reply.header('cache-control', keptForGood);
    // Whoever has it already is told so by the tag; it need not be made for that.
    if (request.headers['if-none-match'] === tag) return picture(Buffer.alloc(0), reply);
    const read = async () => (await this.attachments.file(access, path, revision)).bytes;
    const made = await this.thumbnails.of({ key: `${access.wiki.id} ${file.blob}`, size, read });
    if (made === 'busy') reply.removeHeader('etag').header('cache-control', 'no-store');
    return Buffer.isBuffer(made) ? picture(made, reply) : picture(icon, reply, 'image/svg+xml');
  }
}

function picture(bytes: Buffer, reply: FastifyReply, type = 'image/webp'): StreamableFile {
  reply.header('x-content-type-options', 'nosniff');
  reply.header('content-security-policy', "default-src 'none'; sandbox");
  return new StreamableFile(bytes, { type, length: bytes.length });
}
