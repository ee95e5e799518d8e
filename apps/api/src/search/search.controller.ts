import { Controller, Get, Query } from '@nestjs/common';
import type { Access } from '@lib/acl';
import { Search } from '@lib/search';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { Describes } from '../http/describes.js';
import { Granted, Needs } from '../http/needs.js';
import { searchAnswerOf, semanticAnswerOf } from './search-answers.js';
import * as schema from './search.schema.js';

const refusals = ['query-empty', 'query-too-long', 'bad-date', 'revision-not-found', 'too-far-back'] as const;

@Controller('~wiki/api/v1')
export class SearchController {
  constructor(private readonly search: Search) {}

  @Get('search')
  @Describes('Find pages', ...refusals)
  @Needs('search.use')
  @Answers(schema.searchAnswer)
  async find(
    @Granted() access: Access<'search.use'>,
    @Query({ schema: schema.searchQuery }) query: z.infer<typeof schema.searchQuery>,
  ) {
    const { q, explain, wait_index: waitIndexMs, ...rest } = query;
    const found = await this.search.find(access, { query: q, waitIndexMs, ...rest });
    return searchAnswerOf(q, found, explain === 'true');
  }

  @Get('semantic-search')
  @Describes('Find pages by meaning; mode says how the answer was found', ...refusals)
  @Needs('search.use')
  @Answers(schema.semanticAnswer)
  async findByMeaning(
    @Granted() access: Access<'search.use'>,
    @Query({ schema: schema.semanticQuery }) query: z.infer<typeof schema.semanticQuery>,
  ) {
    const { q, n, max_chunks_per_page: chunksPerPage, wait_index: waitIndexMs, ...filters } = query;
    const asked = { query: q, mode: 'semantic', limit: n, chunksPerPage, waitIndexMs, ...filters } as const;
    return semanticAnswerOf(q, await this.search.find(access, asked));
  }
}
