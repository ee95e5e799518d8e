import { join } from 'node:path';
import {
  AccessCache,
  Acl,
  Actors,
  HostSessions,
  Members,
  Mirror,
  Passkeys,
  EmailChanges,
  Invitations,
  Outbox,
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
import {
  brokerRunner,
  directRunner,
  Funnel,
  type GitEvent,
  type GitRunner,
  Maintenance,
  ReceivePack,
  Repositories,
  requireGit,
  SmartHttp,
} from '@lib/git';
import { Renderer } from '@lib/markdown';
import { type EmbedderStatus, Meanings, Search, SearchAcross } from '@lib/search';
import {
  Attachments,
  Backlinks,
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
  KeywordIndex,
  MeaningPages,
  PageHistory,
  Pages,
  PagesBeside,
  PageTemplates,
  PageTexts,
  PageWriter,
  PastWikis,
  PostgresKeywordTables,
  PushRules,
  Reverts,
  Suggestions,
  type ToolInfo,
  Visits,
  WikiImport,
  WikiSettings,
} from '@lib/wiki';
import type { Logger } from 'pino';
import type { Config } from '../config.js';
import { indexFolder } from '../indexing/index-folder.js';
import { ManualRoom } from '../manual/manual-room.js';
import { openDatabase, type OpenDatabase } from '../database.js';
import { type Embedded, openEmbedded } from '../embedded.js';

interface Wanted {
  log: Logger;
  /** The tools that the usage guide of a wiki names. */
  tools: () => readonly ToolInfo[];
  /** Small and short-lived processes start git themselves. */
  git: 'broker' | 'direct';
  /** The database, where it was started before. */
  embedded?: Embedded;
}

/** Everything the doors call, made in one place: the server, the worker and the command line share it. */
export type Rooms = Awaited<ReturnType<typeof openRooms>>;

/** Opens the database and the data folder, and puts the rooms together. */
export async function openRooms(config: Config, { log, tools, git, embedded = openEmbedded(config) }: Wanted) {
  const runner = await (git === 'broker' ? brokerRunner({ socketDir: join(config.dataDir, 'run') }) : directRunner());
  const database = await requireGit(runner)
    .then(
      () => openDatabase(config, embedded),
      async (error: unknown) => {
        await embedded.server?.then((server) => server.stop()).catch(() => {});
        throw error;
      },
    )
    .catch(async (error: unknown) => {
      await runner.close();
      throw error;
    });
  const settings = new WikiSettings({ database: database.source });
  const people = aclRooms(config, { database, settings, log });
  settings.onSet((wiki) => people.mirror.wiki(wiki));
  const repositories = gitRooms(config, runner, log);
  const wikis = wikiRooms(config, { database, settings, people, repositories, runner, tools, log });
  repositories.funnel.onMoving((moving) => wikis.catalogue.ahead(moving));
  repositories.funnel.onMoved(({ repository }) => wikis.catalogue.follow(repository));
  return {
    config,
    log,
    database,
    runner,
    ...people,
    ...repositories,
    ...wikis,
    /** Finishes what is being written, then lets go of everything. */
    close: async () => {
      await repositories.funnel.drain();
      await people.usage.close();
      await people.cache.close();
      await wikis.renderer.close();
      await wikis.meanings?.close();
      await repositories.repositories.close();
      await runner.close();
      await database.close();
    },
  };
}

interface Ground {
  database: OpenDatabase;
  settings: WikiSettings;
  log: Logger;
}

function aclRooms(config: Config, { database: { source, url }, settings, log }: Ground) {
  const { pages, attachmentBytes, collaborators, pageBytes, fileBytes } = config.limits;
  const defaults = { pages, attachmentBytes, collaborators, pageBytes, fileBytes };
  const plans = new Plans({ billing: config.billing, defaults });
  const onError = (err: unknown) => log.error({ err }, 'rights');
  const mirror = new Mirror({ database: source, root: config.dataDir, settings, onError });
  const cache = new AccessCache({ url, onError });
  const given = { database: source, plans, mirror, cache };
  const [acl, actors, members] = [new Acl(given), new Actors(given), new Members(given)];
  return {
    plans,
    mirror,
    cache,
    actors,
    acl,
    people: new People(given),
    wikis: new Wikis(given),
    members,
    ...accountRooms(config, { ...given, acl, actors, members }),
    tokens: new Tokens(given),
    sessions: new Sessions(given),
    hostSessions: new HostSessions(given),
    passkeys: new Passkeys({ database: source, party: partyOf(config) }),
    attempts: new SignInAttempts(source),
    usage: new Usage({ database: source, onError }),
  };
}

const partyOf = ({ http: { baseUrl } }: Config) => ({
  ...{ id: baseUrl.hostname, origin: baseUrl.origin, name: `wikibot (${baseUrl.hostname})` },
});
function accountRooms({ signUp: mode, smtpUrl }: Config, ground: ConstructorParameters<typeof Invitations>[0]) {
  const outbox = new Outbox(ground.database);
  const invitations = new Invitations(ground);
  const given = { ...ground, outbox, invitations, hasMail: smtpUrl !== null };
  return {
    outbox,
    invitations,
    wikiInvitations: new WikiInvitations(given),
    signUp: new SignUp({ ...given, mode }),
    passwordChanges: new PasswordChanges(given),
    emailChanges: new EmailChanges(given),
  };
}

function gitRooms(config: Config, runner: GitRunner, log: Logger) {
  const onEvent = ({ error, ...event }: GitEvent) =>
    error === undefined ? log.debug(event, event.name) : log.error({ ...event, err: error }, event.name);
  const funnel = new Funnel({ onEvent });
  return {
    repositories: new Repositories({ root: join(config.dataDir, 'repositories'), onEvent }),
    funnel,
    maintenance: new Maintenance(runner),
    smartHttp: new SmartHttp({ runner }),
    receivePack: new ReceivePack(runner, funnel),
  };
}

interface Parts extends Ground {
  people: ReturnType<typeof aclRooms>;
  repositories: ReturnType<typeof gitRooms>;
  runner: GitRunner;
  tools: () => readonly ToolInfo[];
}

function wikiRooms(
  config: Config,
  { database: { source }, settings, people, repositories, runner, tools, log }: Parts,
) {
  const { mailDomain } = config;
  const base = { database: source, ...repositories, runner, mailDomain, tools };
  const keywords = new PostgresKeywordTables();
  const onError = (error: unknown, wiki: string) => log.error({ err: error, wiki }, 'catalogue failed');
  const catalogue = new Catalogue({ ...base, settings, keywords, onError });
  const usernames = people.people.usernamesOf.bind(people.people);
  const shared = { ...base, settings, keywords, catalogue, usernames, people: people.people };
  const writer = new PageWriter({ ...shared, lookup: new Backlinks(shared) });
  const pages = new Pages(shared);
  const manual = new ManualRoom({ ...shared, acl: people.acl });
  const meanings = meaningsOf(config, new PagesBeside(new MeaningPages(shared), manual.pages), log);
  return {
    manual,
    manualSearch: manual.searchWith(meanings),
    settings,
    catalogue,
    writer,
    pages,
    pageTexts: new PageTexts(shared),
    renderer: new Renderer({ onError: (err) => log.error({ err }, 'a thread that renders pages ended') }),
    history: new PageHistory({ ...shared, writer }),
    deletedPages: new DeletedPages(shared),
    pageTree: new PageTree(shared),
    folders: new Folders({ ...shared, lookup: new Backlinks(shared) }),
    reverts: new Reverts(shared),
    templates: new PageTemplates(pages),
    commits: new Commits(shared),
    drafts: new Drafts(shared),
    changesAcross: new ChangesAcross(shared),
    visits: new Visits({ database: source, onError: (err) => log.error({ err }, 'visit not kept') }),
    gardening: new Gardening({ ...shared, writer }),
    attachments: new Attachments(shared),
    files: new Files(shared),
    fileWriter: new FileWriter({ ...shared, lookup: new Backlinks(shared) }),
    pushRules: new PushRules({ ...shared, pushBytes: config.limits.pushBytes }),
    wikiImport: new WikiImport(shared),
    imports: new ImportRecords(base),
    copies: new Copies(shared),
    meanings,
    across: new SearchAcross({ index: new KeywordIndex(shared), meaning: meanings && meanings.search }),
    suggestions: new Suggestions(shared),
    search: new Search({ index: new KeywordIndex(shared), meaning: meanings, past: new PastWikis(shared) }),
  };
}

function meaningsOf(config: Config, pages: PagesBeside, log: Logger): Meanings | null {
  if (config.meaning === null) return null;
  const { modelDir, vectorBytes: budgetBytes } = config.meaning;
  const onModel = ({ state, reason }: EmbedderStatus) =>
    state === 'failed'
      ? log.error({ reason }, 'search by meaning is not available')
      : log.debug({ state }, 'embedding process');
  return new Meanings({ pages, folder: (wiki) => indexFolder(config, wiki), modelDir, budgetBytes, onModel });
}
