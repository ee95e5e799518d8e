import { type DynamicModule, Module } from '@nestjs/common';
import { AccountModule } from './account/account.module.js';
import { AttachmentsModule } from './attachments/attachments.module.js';
import { GardenModule } from './garden/garden.module.js';
import { HealthModule } from './health/health.module.js';
import { HistoryModule } from './history/history.module.js';
import { EtagModule } from './http/etag.module.js';
import { ImportsModule } from './imports/imports.module.js';
import { IndexingModule } from './indexing/indexing.module.js';
import { McpModule } from './mcp/mcp.module.js';
import { MembersModule } from './members/members.module.js';
import { OpenapiModule } from './openapi/openapi.module.js';
import { PagesModule } from './pages/pages.module.js';
import { RemotesModule } from './remotes/remotes.module.js';
import type { Rooms } from './rooms/rooms.js';
import { RoomsModule } from './rooms/rooms.module.js';
import { SearchModule } from './search/search.module.js';
import { TokensModule } from './tokens/tokens.module.js';
import { WebModule } from './web/web.module.js';
import { WikisModule } from './wikis/wikis.module.js';

const doors = [
  AccountModule,
  AttachmentsModule,
  GardenModule,
  HealthModule,
  HistoryModule,
  McpModule,
  MembersModule,
  OpenapiModule,
  PagesModule,
  RemotesModule,
  SearchModule,
  TokensModule,
  WebModule,
  WikisModule,
];

/** The table of contents: the rooms, and every door onto them. */
@Module({})
export class AppModule {
  static forRoot(rooms: Rooms): DynamicModule {
    return {
      module: AppModule,
      imports: [
        RoomsModule.forRoot(rooms),
        EtagModule,
        IndexingModule.forRoot(rooms),
        ImportsModule.forRoot(rooms),
        ...doors,
      ],
    };
  }
}
