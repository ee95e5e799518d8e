import { Controller, Get, Param, Query } from '@nestjs/common';
import { type Access, Acl } from '@lib/acl';
import { Search } from '@lib/search';
import { Pages } from '@lib/wiki';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { Describes } from '../http/describes.js';
import { Granted, Needs } from '../http/needs.js';
import * as schema from './related.schema.js';

@Controller('~wiki/api/v1/pages/:path/related')
export class RelatedController {
  constructor(
    private readonly acl: Acl,
    private readonly pages: Pages,
    private readonly search: Search,
  ) {}

  @Get()
  @Describes('Pages about the same as a page, nearest first', 'page-not-found', 'path-not-allowed')
  @Needs('page.read')
  @Answers(schema.relatedAnswer)
  async related(
    @Granted() access: Access<'page.read'>,
    @Param('path') path: string,
    @Query({ schema: schema.relatedQuery }) { limit }: z.infer<typeof schema.relatedQuery>,
  ) {
    const page = await this.pages.read(access, { path });
    const { pages, reason } = await this.search.related(this.acl.also(access, 'search.use'), page.path, limit);
    return { path: page.path, related: pages, ...(reason !== undefined && { reason }) };
  }
}
