import { Injectable } from '@nestjs/common';
import { Acl, type Access } from '@lib/acl';
import { WikiSettings } from '@lib/wiki';
import type { McpServer } from '@modelcontextprotocol/server';
import type { Asked } from './asked.js';
import { wikiInstructions } from './instructions.js';
import { listed, newServer, serveTool } from './new-server.js';
import { servePages } from './page-resources.js';
import { servePrompts } from './prompts.js';
import { ToolRooms } from './tool-rooms.js';
import { tools } from './tools/index.js';

const served = tools.map((tool) => ({ tool, listing: listed(tool) }));

/** Builds the server of one wiki for one request. */
@Injectable()
export class WikiServer {
  constructor(
    private readonly acl: Acl,
    private readonly rooms: ToolRooms,
    private readonly settings: WikiSettings,
  ) {}

  async build(asked: Asked<Access<'mcp.use'>>): Promise<McpServer> {
    const { acl, rooms } = this;
    const { access } = asked;
    const isShared = access.wiki.visibility === 'public' && access.paths === null;
    const server = newServer({ instructions: await this.instructions(asked), isShared });
    const called = served.filter(({ tool }) => tool.name === asked.tool);
    for (const { tool, listing } of called.length > 0 ? called : served) {
      serveTool(server, listing, asked, (args) => tool.call({ rooms, acl, access }, args));
    }
    // Who calls a tool asks for nothing else, and making all of a server costs more than most calls.
    if (called.length > 0) return server;
    servePages(server, { rooms, read: () => acl.also(access, 'page.read') });
    servePrompts(server, { rooms, acl, access });
    return server;
  }

  private async instructions({ access, isOpening }: Asked<Access<'mcp.use'>>): Promise<string | undefined> {
    return isOpening ? wikiInstructions(access, await this.settings.of(access.wiki.id), this.acl) : undefined;
  }
}
