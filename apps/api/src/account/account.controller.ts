import { Body, Controller, Get, Patch } from '@nestjs/common';
import type { AccountAccess } from '@lib/acl';
import { People } from '@lib/acl';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { Describes } from '../http/describes.js';
import { Granted, Needs } from '../http/needs.js';
import { meAnswer } from './account-answers.js';
import * as schema from './account.schema.js';

@Controller('api/v1/me')
export class AccountController {
  constructor(private readonly people: People) {}

  @Get()
  @Describes('Who you are, and the token you asked with')
  @Needs('account.read')
  @Answers(schema.me)
  async read(@Granted() access: AccountAccess<'account.read'>) {
    return meAnswer(await this.people.read(access), access.actor.token);
  }

  @Patch()
  @Describes('Change how you are called')
  @Needs('account.write')
  @Answers(schema.me)
  async change(
    @Granted() access: AccountAccess<'account.write'>,
    @Body({ schema: schema.patchMe }) body: z.infer<typeof schema.patchMe>,
  ) {
    return meAnswer(await this.people.rename(access, body.display_name), access.actor.token);
  }
}
