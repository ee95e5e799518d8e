import { Module } from '@nestjs/common';
import { SearchController } from './search.controller.js';
import { SuggestController } from './suggest.controller.js';

@Module({ controllers: [SearchController, SuggestController] })
export class SearchModule {}
