import { Body, Controller, Get, Post, Res } from '@nestjs/common';
import { type Access, type AccountAccess, Wikis } from '@lib/acl';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { Addresses } from '../http/addresses.js';
import { Answers } from '../http/answers.js';
import { Describes } from '../http/describes.js';
import { fromParams, Granted, Needs } from '../http/needs.js';
import { deletedAnswer } from './wiki-answers.js';
import { WikiCards } from './wiki-cards.js';
import { WikiOpening } from './wiki-opening.js';
import * as schema from './wiki.schema.js';

@Controller('api/v1/wikis')
export class WikisController {
  constructor(
    private readonly wikis: Wikis,
    private readonly cards: WikiCards,
    private readonly opening: WikiOpening,
    private readonly addresses: Addresses,
  ) {}

  @Get()
  @Describes('The wikis you have a role on')
  @Needs('wikis.list')
  @Answers(schema.wikiList)
  async list(@Granted() access: AccountAccess<'wikis.list'>) {
    const wikis = await this.cards.ofActor(access.actor);
    return { wikis, total: wikis.length };
  }

  @Post()
  @Describes(
    'Create a wiki; its MCP token is shown this once',
    'slug-taken',
    'name-taken',
    'name-not-allowed',
    'limit-reached',
    'plan-refuses',
  )
  @Needs('wiki.create')
  @Answers(schema.wikiCreated, { status: 201 })
  async create(
    @Granted() access: AccountAccess<'wiki.create'>,
    @Body({ schema: schema.createWiki }) body: z.infer<typeof schema.createWiki>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const made = await this.opening.open(access, body);
    reply.header('location', this.addresses.platform(`/api/v1/wikis/${made.wiki.owner}/${made.wiki.slug}`));
    return made;
  }

  @Get('deleted')
  @Describes('Your deleted wikis that can still be restored')
  @Needs('wikis.list')
  @Answers(schema.deletedWikiList)
  async deleted(@Granted() access: AccountAccess<'wikis.list'>) {
    const wikis = (await this.wikis.restorable(access)).map(deletedAnswer);
    return { wikis, total: wikis.length };
  }

  @Get(':owner/:slug')
  @Describes('A wiki, and what you may do there')
  @Needs('wiki.read', fromParams)
  @Answers(schema.wikiMeta)
  read(@Granted() access: Access<'wiki.read'>) {
    return this.cards.meta(access);
  }
}
