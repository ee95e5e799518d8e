import { aCommandLine } from '../../../apps/api/test/kit/command-line.js';
import { startApp } from '../../../apps/api/test/kit/app.js';
import { startServerProcess, type ServerProcess } from '../../../apps/api/test/kit/server-process.js';
import { readConfig } from '../../../apps/api/src/config.js';
import { openLog } from '../../../apps/api/src/log.js';
import { openRooms } from '../../../apps/api/src/rooms/rooms.js';

/** The product under many hands: one server in this process, or several processes on one data folder and database. */
export interface Site {
  urls: readonly string[];
  dataDir: string;
  databaseUrl: string;
  /** A new person; gives a token that may do everything. */
  addUser(username: string): Promise<string>;
  /** Makes the catalogue of a wiki anew from git alone. */
  rebuild(wiki: string): Promise<void>;
  close(): Promise<void>;
}

export async function oneProcess(): Promise<Site> {
  const app = await startApp();
  return {
    urls: [app.url],
    dataDir: app.dataDir,
    databaseUrl: app.rooms.config.database.url ?? '',
    addUser: async (username) => (await app.addUser(username)).token,
    rebuild: async (wiki) => void (await app.rooms.catalogue.rebuild(wiki)),
    close: () => app.stop(),
  };
}

/** What only several processes have. */
export interface Fleet extends Site {
  /** Runs a command of the command line; a process of its own as well. */
  run: Awaited<ReturnType<typeof aCommandLine>>['run'];
}

export async function processes(count: number, variables: Record<string, string> = {}): Promise<Fleet> {
  const line = await aCommandLine();
  const settings = { ...line.settings, LOG_LEVEL: 'error', ...variables };
  const servers: ServerProcess[] = [];
  // The first brings the database up to date, as an operator who starts several would let it.
  servers.push(await startServerProcess(settings));
  servers.push(...(await Promise.all(Array.from({ length: count - 1 }, () => startServerProcess(settings)))));
  // What the command line would do, without a process for each word.
  const config = readConfig(settings);
  const rooms = await openRooms(config, { log: openLog(config), tools: () => [], git: 'direct' });
  return {
    urls: servers.map(({ url }) => url),
    dataDir: config.dataDir,
    databaseUrl: line.databaseUrl,
    run: line.run,
    addUser: async (username) => {
      await rooms.people.create({ username });
      const { secret } = await rooms.tokens.createFor(username, { label: 'test', verbs: ['read', 'write', 'admin'] });
      return secret;
    },
    rebuild: async (wiki) => void (await rooms.catalogue.rebuild(wiki)),
    close: async () => {
      await Promise.all(servers.map((server) => server.end('SIGTERM')));
      await rooms.close();
      await line.remove();
    },
  };
}
