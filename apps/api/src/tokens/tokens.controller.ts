import { Body, Controller, Delete, Get, Param, Post } from '@nestjs/common';
import type { AccountAccess } from '@lib/acl';
import { Tokens } from '@lib/acl';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { Describes } from '../http/describes.js';
import { Granted, Needs } from '../http/needs.js';
import { tokenAnswer, tokenCreatedAnswer, tokenFields } from './token-answers.js';
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

  @Post()
  @Describes('Make a token; its secret is shown this once', 'wiki-not-found', 'expiry-not-allowed', 'path-not-allowed')
  @Needs('tokens.manage')
  @Answers(schema.tokenCreated, { status: 201 })
  async create(
    @Granted() access: AccountAccess<'tokens.manage'>,
    @Body({ schema: schema.createToken }) body: z.infer<typeof schema.createToken>,
  ) {
    const wikis = await this.names.ids(access.actor, body.wikis);
    const made = await this.tokens.create(access, { ...tokenFields(body), wikis });
    return (await this.names.named(access.actor, [made])).map(tokenCreatedAnswer)[0];
  }

  @Delete(':id')
  @Describes('Revoke a token, at once', 'token-not-found')
  @Needs('tokens.manage')
  @Answers(schema.tokenRevoked)
  async revoke(@Granted() access: AccountAccess<'tokens.manage'>, @Param('id') id: string) {
    await this.tokens.revoke(access, id);
    return { revoked: true, id };
  }
}
