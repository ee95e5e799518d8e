import { Module } from '@nestjs/common';
import { RelatedController } from './related.controller.js';
import { SearchController } from './search.controller.js';
import { SuggestController } from './suggest.controller.js';

@Module({ controllers: [RelatedController, SearchController, SuggestController] })
export class SearchModule {}
