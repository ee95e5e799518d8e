import { Module } from '@nestjs/common';
import { AccountPageController } from './accounts/account.controller.js';
import { AccountPages } from './accounts/account-pages.js';
import { LinksController } from './accounts/links.controller.js';
import { OwnPassword } from './accounts/own-password.js';
import { SignUpController } from './accounts/sign-up.controller.js';
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
import { PlaceController } from './writing/place.controller.js';

/** The pages that browsers show. */
@Module({
  controllers: [
    DeskController,
    SignInController,
    SignUpController,
    LinksController,
    AccountPageController,
    AssistanceController,
    EditController,
    PlaceController,
    FindingController,
    FeedsController,
    WebHistoryController,
    // The last, for any address of a wiki that is no other is that of a page.
    PageController,
  ],
  providers: [
    { provide: WebAssets, useFactory: () => WebAssets.find() },
    AccountPages,
    OwnPassword,
    ErrorPages,
    Frames,
    ShownPages,
  ],
  exports: [ErrorPages, WebAssets],
})
export class WebModule {}
