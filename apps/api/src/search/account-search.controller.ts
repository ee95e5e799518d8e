import { Controller, Get, Query } from '@nestjs/common';
import type { AccountAccess } from '@lib/acl';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { Describes } from '../http/describes.js';
import { Granted, Needs } from '../http/needs.js';
import { AccountSearch } from './account-search.js';
import { acrossAnswerOf } from './search-answers.js';
import * as schema from './search.schema.js';

@Controller('api/v1/search')
export class AccountSearchController {
  constructor(private readonly search: AccountSearch) {}

  @Get()
  @Describes('Find pages in all wikis you have a role on', 'query-empty', 'query-too-long')
  @Needs('wikis.list')
  @Answers(schema.acrossAnswer)
  async find(
    @Granted() access: AccountAccess<'wikis.list'>,
    @Query({ schema: schema.acrossQuery }) query: z.infer<typeof schema.acrossQuery>,
  ) {
    const { q, ...rest } = query;
    return acrossAnswerOf(q, await this.search.find(access, { query: q, ...rest }));
  }
}
