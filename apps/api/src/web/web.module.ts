import { Module } from '@nestjs/common';
import { TokensModule } from '../tokens/tokens.module.js';
import { WikisModule } from '../wikis/wikis.module.js';
import { BrowserSessions } from './browser-sessions.js';
import { AppearanceController } from './appearance/appearance.controller.js';
import { AccountPageController } from './accounts/account.controller.js';
import { AccountPages } from './accounts/account-pages.js';
import { LinksController } from './accounts/links.controller.js';
import { OwnPassword } from './accounts/own-password.js';
import { SignUpController } from './accounts/sign-up.controller.js';
import { AccountTokensController } from './connect/account-tokens.controller.js';
import { AgentCalls } from './connect/calls.js';
import { ConnectController } from './connect/connect.controller.js';
import { HandedTokens } from './connect/handed-tokens.js';
import { NewWikiController } from './connect/new-wiki.controller.js';
import { OwnTokens } from './connect/own-tokens.js';
import { WikiTokensController } from './connect/wiki-tokens.controller.js';
import { CopiesController } from './copies/copies.controller.js';
import { DeskController } from './desk/desk.controller.js';
import { Desks } from './desk/desks.js';
import { ErrorPages } from './error-pages.js';
import { WrittenController } from './front/written.controller.js';
import { FeedsController } from './feeds/feeds.controller.js';
import { FileController } from './files/file.controller.js';
import { FilesController } from './files/files.controller.js';
import { ThumbnailController } from './files/thumbnail.controller.js';
import { Thumbnails } from './files/thumbnails.js';
import { FindingController } from './finding/finding.controller.js';
import { GraphController } from './finding/graph.controller.js';
import { QuickFind } from './finding/quick-find.js';
import { SearchPageController } from './finding/search-page.controller.js';
import { WebHistoryController } from './history/history.controller.js';
import { DeletedWikisController } from './keeping/deleted.controller.js';
import { MemberPages } from './keeping/member-pages.js';
import { MembersPageController } from './keeping/members.controller.js';
import { SettingsController } from './keeping/settings.controller.js';
import { SettingsPages } from './keeping/settings-pages.js';
import { ImportPages } from './imports/import-pages.js';
import { ImportsController } from './imports/imports.controller.js';
import { Landing } from './landing/landing.js';
import { Frames } from './layout/frames.js';
import { Sites } from './layout/sites.js';
import { PersonController } from './person/person.controller.js';
import { ManualController } from './manual/manual.controller.js';
import { ShownManual } from './manual/shown-manual.js';
import { SiteController } from './public/site.controller.js';
import { SitePages } from './public/site-pages.js';
import { WikiPublicFiles } from './public/wiki-public-files.js';
import { OpenLane } from './reading/open-lane.js';
import { OpenPages } from './reading/open-pages.js';
import { PageController } from './reading/page.controller.js';
import { ShownPages } from './reading/shown-pages.js';
import { HostCodesController } from './security/host-codes.controller.js';
import { HostEntryController } from './security/host-entry.controller.js';
import { PasskeysController } from './security/passkeys.controller.js';
import { SecurityController } from './security/security.controller.js';
import { SecurityPages } from './security/security-pages.js';
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
  imports: [TokensModule, WikisModule],
  controllers: [
    DeskController,
    NewWikiController,
    ConnectController,
    WikiTokensController,
    AccountTokensController,
    WrittenController,
    PersonController,
    SiteController,
    ManualController,
    SignInController,
    SecurityController,
    PasskeysController,
    HostCodesController,
    HostEntryController,
    SignUpController,
    LinksController,
    AccountPageController,
    MembersPageController,
    SettingsController,
    DeletedWikisController,
    ImportsController,
    CopiesController,
    AssistanceController,
    EditController,
    NewController,
    PlaceController,
    UndoController,
    FindingController,
    SearchPageController,
    GraphController,
    AppearanceController,
    FeedsController,
    WebHistoryController,
    FilesController,
    FileController,
    ThumbnailController,
    // The last, for any address of a wiki that is no other is that of a page.
    PageController,
  ],
  providers: [
    { provide: WebAssets, useFactory: () => WebAssets.find() },
    ErrorPages,
    Landing,
    Desks,
    Frames,
    Sites,
    OpenLane,
    OpenPages,
    QuickFind,
    ShownManual,
    ShownPages,
    Thumbnails,
    WikiPublicFiles,
    SitePages,
    BrowserSessions,
    SecurityPages,
    AccountPages,
    OwnPassword,
    MemberPages,
    SettingsPages,
    ImportPages,
    EditedTexts,
    OwnTokens,
    HandedTokens,
    AgentCalls,
  ],
  exports: [ErrorPages, OpenLane, WebAssets],
})
export class WebModule {}
