import { Body, Controller, Delete, Get, Param, Put } from '@nestjs/common';
import type { Access } from '@lib/acl';
import { Members } from '@lib/acl';
import type { z } from 'zod';
import { Answers } from '../http/answers.js';
import { Describes } from '../http/describes.js';
import { fromParams, Granted, Needs } from '../http/needs.js';
import { memberAnswer } from './member-answers.js';
import * as schema from './member.schema.js';

@Controller('api/v1/wikis/:owner/:slug/members')
export class MembersController {
  constructor(private readonly members: Members) {}

  @Get()
  @Describes('People with a role on the wiki')
  @Needs('members.read', fromParams)
  @Answers(schema.memberList)
  async list(@Granted() access: Access<'members.read'>) {
    const members = (await this.members.list(access)).map(memberAnswer);
    return { members, total: members.length };
  }

  @Put(':username')
  @Describes('Give a person a role', 'user-not-found', 'limit-reached')
  @Needs('members.manage', fromParams)
  @Answers(schema.member)
  async set(
    @Granted() access: Access<'members.manage'>,
    @Param('username') username: string,
    @Body({ schema: schema.putMember }) body: z.infer<typeof schema.putMember>,
  ) {
    return memberAnswer(await this.members.set(access, username, body.role));
  }

  @Delete('me')
  @Describes('Give your own role back', 'member-not-found')
  @Needs('members.leave', fromParams)
  @Answers(schema.memberRemoved)
  async leave(@Granted() access: Access<'members.leave'>) {
    await this.members.leave(access);
    return { removed: true, username: access.actor.username };
  }

  @Delete(':username')
  @Describes('Take the role of a person away', 'member-not-found', 'user-not-found')
  @Needs('members.manage', fromParams)
  @Answers(schema.memberRemoved)
  async remove(@Granted() access: Access<'members.manage'>, @Param('username') username: string) {
    await this.members.remove(access, username);
    return { removed: true, username };
  }
}
