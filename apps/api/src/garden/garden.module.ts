import { Module } from '@nestjs/common';
import { GardenController } from './garden.controller.js';
import { ReindexController } from './reindex.controller.js';
import { Reindexing } from './reindexing.js';

@Module({ controllers: [GardenController, ReindexController], providers: [Reindexing] })
export class GardenModule {}
