import './thread-pool.js';
import { keepCompiledCode, saveCompiledCode } from './compiled-code.js';
import { ConfigError, readConfig } from './config.js';
import { welcome } from './welcome.js';
import { openLog } from './log.js';
import { untilTold } from './stop-signal.js';

const started = performance.now();
try {
  const config = readConfig();
  const log = openLog(config);
  keepCompiledCode(config);
  // Loading takes most of the start. It begins once the configuration is known to be right, and the database gets
  // ready meanwhile.
  const { launchEmbedded } = await import('./embedded.js');
  const embedded = await launchEmbedded(config);
  const { startServer } = await import('./server.js');
  const server = await startServer(config, log, { embedded });
  // Who is told that it runs may end it at once.
  const told = untilTold();
  await welcome(server, performance.now() - started);
  saveCompiledCode();
  const signal = await told;
  log.info({ signal }, 'stopping');
  await server.stop();
  log.info('stopped');
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exitCode = 1;
}
