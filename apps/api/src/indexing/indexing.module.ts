import { type DynamicModule, Module } from '@nestjs/common';
import type { Rooms } from '../rooms/rooms.js';
import { Indexing } from './indexing.js';
import { Reindexing } from './reindexing.js';

@Module({})
export class IndexingModule {
  static forRoot(rooms: Rooms): DynamicModule {
    const providers = [
      { provide: Indexing, useFactory: () => new Indexing(rooms) },
      { provide: Reindexing, useFactory: () => new Reindexing(rooms) },
    ];
    return { module: IndexingModule, global: true, providers, exports: [Reindexing] };
  }
}
