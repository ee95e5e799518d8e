import { Module } from '@nestjs/common';
import { BatchController } from './batch.controller.js';
import { LabelsController } from './labels.controller.js';
import { LinksController } from './links.controller.js';
import { PageChangesController } from './page-changes.controller.js';
import { PagesController } from './pages.controller.js';

@Module({ controllers: [BatchController, LabelsController, LinksController, PageChangesController, PagesController] })
export class PagesModule {}
