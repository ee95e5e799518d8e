import { Module } from '@nestjs/common';
import { GardenController } from './garden.controller.js';
import { ReindexController } from './reindex.controller.js';

@Module({ controllers: [GardenController, ReindexController] })
export class GardenModule {}
