import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { builtApi } from './built.ts';

type RoomsModule = typeof import('../../apps/api/src/rooms/rooms.ts');
type ConfigModule = typeof import('../../apps/api/src/config.ts');
type LogModule = typeof import('../../apps/api/src/log.ts');

export type { Access } from '../../libs/acl/src/index.ts';
export type Rooms = Awaited<ReturnType<RoomsModule['openRooms']>>;

const load = async <T>(path: string): Promise<T> =>
  (await import(pathToFileURL(join(builtApi, 'apps/api/src', path)).href)) as T;

/** The rooms of the built product in this process, on the data of a server that runs: what they take without a door. */
export async function roomsOn(dataDir: string): Promise<Rooms> {
  const [{ openRooms }, { readConfig }, { openLog }] = await Promise.all([
    load<RoomsModule>('rooms/rooms.js'),
    load<ConfigModule>('config.js'),
    load<LogModule>('log.js'),
  ]);
  const config = readConfig({ DATA_DIR: dataDir, SEARCH_BY_MEANING: 'off', LOG_LEVEL: 'silent' });
  return openRooms(config, { log: openLog(config), tools: () => [], git: 'broker' });
}

/** The right to the past of one of the wikis of the benchmark. */
export async function accessTo({ acl, actors }: Rooms, slug: string) {
  return acl.require('history.read', await actors.byUsername('bench', 'cli'), { owner: 'bench', slug });
}
