import { Controller, Delete, Get, Post, Req, Res } from '@nestjs/common';
import type { Access, AccountAccess } from '@lib/acl';
import type { FastifyReply } from 'fastify';
import { Describes } from '../http/describes.js';
import type { DoorRequest } from '../http/door-request.js';
import { Granted, Needs } from '../http/needs.js';
import { McpDoors } from './mcp-doors.js';
import { postOnly } from './post-only.js';

/** The MCP endpoint of one wiki. */
@Controller('~wiki/mcp')
export class WikiMcpController {
  constructor(private readonly doors: McpDoors) {}

  @Post()
  @Describes('MCP for one wiki')
  @Needs('mcp.use')
  answer(@Granted() access: Access<'mcp.use'>, @Req() request: DoorRequest, @Res() reply: FastifyReply): void {
    this.doors.wiki.answer(access, request, reply);
  }

  @Get()
  @Describes('Always refused: there are no sessions to listen to')
  @Needs('nothing')
  listen(@Res({ passthrough: true }) reply: FastifyReply): never {
    return postOnly(reply);
  }

  @Delete()
  @Describes('Always refused: there are no sessions to end')
  @Needs('nothing')
  end(@Res({ passthrough: true }) reply: FastifyReply): never {
    return postOnly(reply);
  }
}

/** The MCP endpoint of an account: all its wikis. */
@Controller('mcp')
export class AccountMcpController {
  constructor(private readonly doors: McpDoors) {}

  @Post()
  @Describes('MCP for all wikis of an account')
  @Needs('wikis.list')
  answer(
    @Granted() access: AccountAccess<'wikis.list'>,
    @Req() request: DoorRequest,
    @Res() reply: FastifyReply,
  ): void {
    this.doors.account.answer(access, request, reply);
  }

  @Get()
  @Describes('Always refused: there are no sessions to listen to')
  @Needs('nothing')
  listen(@Res({ passthrough: true }) reply: FastifyReply): never {
    return postOnly(reply);
  }

  @Delete()
  @Describes('Always refused: there are no sessions to end')
  @Needs('nothing')
  end(@Res({ passthrough: true }) reply: FastifyReply): never {
    return postOnly(reply);
  }
}
