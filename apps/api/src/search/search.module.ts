import { Module } from '@nestjs/common';
import { AccountSearch } from './account-search.js';
import { AccountSearchController } from './account-search.controller.js';
import { RelatedController } from './related.controller.js';
import { SearchController } from './search.controller.js';
import { SuggestController } from './suggest.controller.js';

@Module({
  controllers: [AccountSearchController, RelatedController, SearchController, SuggestController],
  providers: [AccountSearch],
  exports: [AccountSearch],
})
export class SearchModule {}
