import { Module } from '@nestjs/common';
import { DeskController } from './desk/desk.controller.js';
import { ErrorPages } from './error-pages.js';
import { FeedsController } from './feeds/feeds.controller.js';
import { FindingController } from './finding/finding.controller.js';
import { WebHistoryController } from './history/history.controller.js';
import { Frames } from './layout/frames.js';
import { PageController } from './reading/page.controller.js';
import { ShownPages } from './reading/shown-pages.js';
import { SignInController } from './sign-in/sign-in.controller.js';
import { WebAssets } from './web-assets.js';
import { AssistanceController } from './writing/assistance.controller.js';
import { EditController } from './writing/edit.controller.js';
import { EditedTexts } from './writing/edited-texts.js';
import { NewController } from './writing/new.controller.js';
import { PlaceController } from './writing/place.controller.js';
import { UndoController } from './writing/undo.controller.js';

/** The pages that browsers show. */
@Module({
  controllers: [
    DeskController,
    SignInController,
    AssistanceController,
    EditController,
    NewController,
    PlaceController,
    UndoController,
    FindingController,
    FeedsController,
    WebHistoryController,
    // The last, for any address of a wiki that is no other is that of a page.
    PageController,
  ],
  providers: [{ provide: WebAssets, useFactory: () => WebAssets.find() }, ErrorPages, Frames, ShownPages, EditedTexts],
  exports: [ErrorPages, WebAssets],
})
export class WebModule {}
