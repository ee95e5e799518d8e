import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Where the built product is; the benchmark measures what is shipped, not the sources. */
export const builtApi = join(import.meta.dirname, '../../dist/api');

const load = async <T>(path: string): Promise<T> => (await import(pathToFileURL(join(builtApi, path)).href)) as T;

/** The git room as it is shipped. */
export const gitRoom = (): Promise<typeof import('@lib/git')> => load('libs/git/src/index.js');

/** What a server of ours is started with, for one that gets a bare route beside its own. */
export const serverParts = async () => ({
  ...(await load<object>('apps/api/src/thread-pool.js')),
  ...(await load<typeof import('../../apps/api/src/config.ts')>('apps/api/src/config.js')),
  ...(await load<typeof import('../../apps/api/src/log.ts')>('apps/api/src/log.js')),
  ...(await load<typeof import('../../apps/api/src/server.ts')>('apps/api/src/server.js')),
});
