import './thread-pool.js';
import { keepCompiledCode } from './compiled-code.js';
import { ConfigError, readConfig } from './config.js';
import { openLog } from './log.js';
import { untilTold } from './stop-signal.js';

// Works jobs off beside `web` processes that were told JOBS=off.
try {
  const config = readConfig();
  const log = openLog(config);
  keepCompiledCode(config);
  const { servedTools } = await import('./mcp/served-tools.js');
  const { openRooms } = await import('./rooms/rooms.js');
  const { Indexing } = await import('./indexing/indexing.js');
  const rooms = await openRooms(config, { log, tools: () => servedTools.list(), git: 'broker' });
  const indexing = new Indexing(rooms);
  indexing.work();
  // Who is told that it runs may end it at once.
  const told = untilTold();
  log.info('working off jobs');
  log.info({ signal: await told }, 'stopping');
  await indexing.onApplicationShutdown();
  await rooms.close();
  log.info('stopped');
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exitCode = 1;
}
// A wait for a Redis that is away would keep a process that has finished for ten seconds more.
process.exit();
