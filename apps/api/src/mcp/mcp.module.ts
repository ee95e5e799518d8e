import { Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { Addresses } from '../http/addresses.js';
import { SearchModule } from '../search/search.module.js';
import { AccountServer } from './account-server.js';
import { McpDoors } from './mcp-doors.js';
import { AccountMcpController, WikiMcpController } from './mcp.controller.js';
import { refuseForeignOrigins } from './own-origin.js';
import { ToolRooms } from './tool-rooms.js';
import { WikiServer } from './wiki-server.js';

/** The MCP door: one wiki, or all wikis of an account. */
@Module({
  imports: [SearchModule],
  controllers: [WikiMcpController, AccountMcpController],
  providers: [ToolRooms, WikiServer, AccountServer, McpDoors],
})
export class McpModule implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly addresses: Addresses,
  ) {}

  onModuleInit(): void {
    refuseForeignOrigins(this.host.httpAdapter.getInstance<FastifyInstance>(), this.addresses);
  }
}
