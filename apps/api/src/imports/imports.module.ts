import { type DynamicModule, Module } from '@nestjs/common';
import type { Rooms } from '../rooms/rooms.js';
import { DemoOffers } from './demo-offers.js';
import { ImportFetches } from './import-fetches.js';
import { ImportFolders } from './import-folders.js';

@Module({})
export class ImportsModule {
  static forRoot(rooms: Rooms): DynamicModule {
    const providers = [
      { provide: ImportFolders, useFactory: () => new ImportFolders(rooms.config) },
      { provide: ImportFetches, useFactory: () => new ImportFetches(rooms) },
      DemoOffers,
    ];
    return { module: ImportsModule, global: true, providers, exports: [ImportFolders, ImportFetches, DemoOffers] };
  }
}
