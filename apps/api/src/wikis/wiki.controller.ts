import { Body, Controller, Get, Patch } from '@nestjs/common';
import type { Access } from '@lib/acl';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { Describes } from '../http/describes.js';
import { Granted, Needs } from '../http/needs.js';
import { WikiCards } from './wiki-cards.js';
import { WikiChanges } from './wiki-changes.js';
import * as schema from './wiki.schema.js';

/** A wiki at its own address. */
@Controller('~wiki/api/v1')
export class WikiController {
  constructor(
    private readonly cards: WikiCards,
    private readonly changes: WikiChanges,
  ) {}

  @Get()
  @Describes('What the wiki is for, its settings, and what you may do here')
  @Needs('wiki.read')
  @Answers(schema.wikiMeta)
  read(@Granted() access: Access<'wiki.read'>) {
    return this.cards.meta(access);
  }

  @Patch()
  @Describes('Change name, purpose, link order or categories')
  @Needs('wiki.settings')
  @Answers(schema.wikiMeta)
  async change(
    @Granted() access: Access<'wiki.settings'>,
    @Body({ schema: schema.patchWiki }) body: z.infer<typeof schema.patchWiki>,
  ) {
    return this.cards.meta(access, await this.changes.describe(access, body));
  }
}
