import { Controller, Get, Query } from '@nestjs/common';
import type { Access } from '@lib/acl';
import { Suggestions } from '@lib/wiki';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { Describes } from '../http/describes.js';
import { Granted, Needs } from '../http/needs.js';
import * as schema from './suggest.schema.js';

@Controller('~wiki/api/v1/suggest')
export class SuggestController {
  constructor(private readonly suggestions: Suggestions) {}

  @Get()
  @Describes('Pages and sections of which the name begins so, for completion while someone types')
  @Needs('search.use')
  @Answers(schema.suggestAnswer)
  async suggest(
    @Granted() access: Access<'search.use'>,
    @Query({ schema: schema.suggestQuery }) { q, limit }: z.infer<typeof schema.suggestQuery>,
  ) {
    return { suggestions: await this.suggestions.of(access, q, limit) };
  }
}
