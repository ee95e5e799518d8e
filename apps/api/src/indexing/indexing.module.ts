import { type DynamicModule, Module } from '@nestjs/common';
import type { Rooms } from '../rooms/rooms.js';
import { Indexing } from './indexing.js';

@Module({})
export class IndexingModule {
  static forRoot(rooms: Rooms): DynamicModule {
    return { module: IndexingModule, providers: [{ provide: Indexing, useFactory: () => new Indexing(rooms) }] };
  }
}
