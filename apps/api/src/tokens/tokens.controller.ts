import { Body, Controller, Delete, Get, Param, Post } from '@nestjs/common';
import type { AccountAccess } from '@lib/acl';
import { Tokens } from '@lib/acl';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { Describes } from '../http/describes.js';
import { Granted, Needs } from '../http/needs.js';
import { tokenAnswer } from './token-answers.js';
import * as schema from './token.schema.js';
import { WikiNames } from './wiki-names.js';

@Controller('api/v1/tokens')
export class TokensController {
  constructor(
    private readonly tokens: Tokens,
    private readonly names: WikiNames,
  ) {}

  @Get()
  @Describes('Your tokens, without their secrets')
  @Needs('tokens.manage')
  @Answers(schema.tokenList)
  async list(@Granted() access: AccountAccess<'tokens.manage'>) {
    const tokens = await this.names.named(access.actor, await this.tokens.list(access));
    return { tokens: tokens.map(tokenAnswer), total: tokens.length };
  }
}
