import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Access, AccountAccess } from '@lib/acl';
import { AccountServer } from './account-server.js';
import { McpDoor } from './mcp-door.js';
import { WikiServer } from './wiki-server.js';

/** The two endpoints that speak MCP; streams are ended when the process stops. */
@Injectable()
export class McpDoors implements OnModuleDestroy {
  readonly wiki: McpDoor<Access<'mcp.use'>>;
  readonly account: McpDoor<AccountAccess<'wikis.list'>>;

  constructor(wikiServer: WikiServer, accountServer: AccountServer) {
    this.wiki = new McpDoor((asked) => wikiServer.build(asked));
    this.account = new McpDoor((asked) => accountServer.build(asked));
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all([this.wiki.close(), this.account.close()]);
  }
}
