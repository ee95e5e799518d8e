import { Injectable } from '@nestjs/common';
import { type Access, type AccountAccess, Acl, Usage, type WikiAddress, Wikis } from '@lib/acl';
import type { McpServer } from '@modelcontextprotocol/server';
import { serveAccountPages } from './account-resources.js';
import type { Asked } from './asked.js';
import { accountInstructions } from './instructions.js';
import { listWikis } from './list-wikis.js';
import { listed, newServer, serveTool } from './new-server.js';
import { AccountSearch } from '../search/account-search.js';
import { searchAll } from './search-all.js';
import { ToolRooms } from './tool-rooms.js';
import { searchNotes } from './tools/search-notes.js';
import { tools } from './tools/index.js';
import { namesWiki, wikiName, wikiOf } from './wiki-name.js';

const listing = listed(listWikis);
/** The one tool that may leave out which wiki it is about: then it searches all. */
const overall = searchNotes.name;
const served = tools.map((tool) => {
  const wiki = tool.name === overall ? wikiName.optional().describe('owner/slug; all wikis when left out') : wikiName;
  return { tool, listing: listed({ ...tool, input: tool.input.safeExtend({ wiki }) }) };
});

/** Builds the server of an account for one request: the tools of a wiki, each with the wiki it is about. */
@Injectable()
export class AccountServer {
  constructor(
    private readonly acl: Acl,
    private readonly wikis: Wikis,
    private readonly usage: Usage,
    private readonly rooms: ToolRooms,
    private readonly search: AccountSearch,
  ) {}

  async build(asked: Asked<AccountAccess<'wikis.list'>>): Promise<McpServer> {
    const { acl, rooms, wikis } = this;
    const { access } = asked;
    const server = newServer({ instructions: accountInstructions, isShared: false });
    const called = served.filter(({ tool }) => tool.name === asked.tool);
    if (called.length === 0) serveTool(server, listing, asked, (args) => listWikis.run(wikis, access, args));
    for (const { tool, listing } of called.length > 0 ? called : served) {
      serveTool(server, listing, asked, async (args) => {
        if (tool.name === overall && !namesWiki(args)) return searchAll(this.search, access, args);
        const { address, rest } = wikiOf(args);
        return tool.call({ rooms, acl, access: await this.enter(access, address) }, rest);
      });
    }
    // Who calls a tool asks for nothing else, and making all of a server costs more than most calls.
    if (called.length > 0) return server;
    serveAccountPages(server, {
      rooms,
      enter: (address) => this.enter(access, address),
      wikis: () => wikis.ofActor(access.actor),
    });
    return server;
  }

  /** The same as connecting to the wiki itself. */
  private async enter({ actor }: AccountAccess, address: WikiAddress): Promise<Access<'page.read'>> {
    const access = await this.acl.require('mcp.use', actor, address);
    this.usage.saw(actor, access.wiki);
    return this.acl.also(access, 'page.read');
  }
}
