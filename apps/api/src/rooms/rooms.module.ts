import { type DynamicModule, Module } from '@nestjs/common';
import {
  Acl,
  Actors,
  HostSessions,
  Members,
  Mirror,
  Passkeys,
  EmailChanges,
  Invitations,
  PasswordChanges,
  People,
  Plans,
  Sessions,
  SignInAttempts,
  SignUp,
  Tokens,
  Usage,
  WikiInvitations,
  Wikis,
} from '@lib/acl';
import { Funnel, Maintenance, ReceivePack, Repositories, SmartHttp } from '@lib/git';
import { Renderer } from '@lib/markdown';
import { Search, SearchAcross } from '@lib/search';
import {
  Attachments,
  Catalogue,
  ChangesAcross,
  Commits,
  Copies,
  DeletedPages,
  Drafts,
  Files,
  FileWriter,
  Folders,
  PageTree,
  Gardening,
  ImportRecords,
  PageHistory,
  Pages,
  PageTemplates,
  PageTexts,
  PageWriter,
  PushRules,
  Reverts,
  Suggestions,
  Visits,
  WikiSettings,
} from '@lib/wiki';
import { ManualRoom } from '../manual/manual-room.js';
import { ManualSearch } from '../manual/manual-search.js';
import { Readiness } from '../health/readiness.js';
import { AclGuard } from '../http/acl.guard.js';
import { Addresses } from '../http/addresses.js';
import { SessionCookies } from '../http/session-cookies.js';
import { SignInGuard } from '../http/sign-in.guard.js';
import { Log } from '../log.js';
import { WrittenPages } from '../web/front/written-pages.js';
import type { Rooms } from './rooms.js';

/** Gives every door the rooms, each under the name of its class. */
@Module({})
export class RoomsModule {
  static forRoot(rooms: Rooms): DynamicModule {
    const { config, database } = rooms;
    const given = [
      [Acl, rooms.acl],
      [Actors, rooms.actors],
      [People, rooms.people],
      [Wikis, rooms.wikis],
      [Members, rooms.members],
      [Tokens, rooms.tokens],
      [Sessions, rooms.sessions],
      [HostSessions, rooms.hostSessions],
      [Passkeys, rooms.passkeys],
      [SignInAttempts, rooms.attempts],
      [SignUp, rooms.signUp],
      [Invitations, rooms.invitations],
      [WikiInvitations, rooms.wikiInvitations],
      [PasswordChanges, rooms.passwordChanges],
      [EmailChanges, rooms.emailChanges],
      [Mirror, rooms.mirror],
      [Plans, rooms.plans],
      [Usage, rooms.usage],
      [Repositories, rooms.repositories],
      [Funnel, rooms.funnel],
      [Maintenance, rooms.maintenance],
      [SmartHttp, rooms.smartHttp],
      [ReceivePack, rooms.receivePack],
      [WikiSettings, rooms.settings],
      [Catalogue, rooms.catalogue],
      [Pages, rooms.pages],
      [PageTexts, rooms.pageTexts],
      [Renderer, rooms.renderer],
      [PageWriter, rooms.writer],
      [PageHistory, rooms.history],
      [Commits, rooms.commits],
      [DeletedPages, rooms.deletedPages],
      [PageTree, rooms.pageTree],
      [Folders, rooms.folders],
      [Reverts, rooms.reverts],
      [PageTemplates, rooms.templates],
      [Drafts, rooms.drafts],
      [ChangesAcross, rooms.changesAcross],
      [Visits, rooms.visits],
      [WrittenPages, writtenPages(rooms)],
      [Gardening, rooms.gardening],
      [Attachments, rooms.attachments],
      [Files, rooms.files],
      [FileWriter, rooms.fileWriter],
      [PushRules, rooms.pushRules],
      [ImportRecords, rooms.imports],
      [Copies, rooms.copies],
      [Search, rooms.search],
      [SearchAcross, rooms.across],
      [Suggestions, rooms.suggestions],
      [ManualRoom, rooms.manual],
      [ManualSearch, rooms.manualSearch],
      [Log, rooms.log],
      [Addresses, new Addresses(config)],
      [SessionCookies, new SessionCookies(config)],
      [
        Readiness,
        new Readiness({
          database: database.source,
          dataDir: config.dataDir,
          revive: database.ensureRunning,
          meaning: () => (rooms.meanings === null ? 'off' : rooms.meanings.isAvailable ? 'available' : 'unavailable'),
        }),
      ],
    ] as const;
    const values = given.map(([provide, useValue]) => ({ provide, useValue }));
    const exports = [...given.map(([name]) => name), SignInGuard, AclGuard];
    return { module: RoomsModule, global: true, providers: [...values, SignInGuard, AclGuard], exports };
  }
}

const writtenPages = ({ config: { front }, renderer, log }: Rooms) =>
  new WrittenPages({ front, renderer, onError: (err) => log.error({ err }, 'a page of the operator cannot be read') });
