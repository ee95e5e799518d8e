import { Module } from '@nestjs/common';
import { WikiCards } from './wiki-cards.js';
import { WikiChanges } from './wiki-changes.js';
import { WikiLifeController } from './wiki-life.controller.js';
import { WikiOpening } from './wiki-opening.js';
import { WikiController } from './wiki.controller.js';
import { WikisController } from './wikis.controller.js';

@Module({
  controllers: [WikiController, WikiLifeController, WikisController],
  providers: [WikiCards, WikiChanges, WikiOpening],
  exports: [WikiChanges, WikiOpening],
})
export class WikisModule {}
