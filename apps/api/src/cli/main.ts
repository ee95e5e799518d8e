import '../thread-pool.js';
import { existsSync } from 'node:fs';
import { keepCompiledCode } from '../compiled-code.js';
import { readConfig } from '../config.js';

try {
  const config = readConfig();
  // A command that only looks makes no data folder.
  if (existsSync(config.dataDir)) keepCompiledCode(config);
} catch {
  // What is wrong with the configuration is for the command to say, in the form it was asked for.
}
await import('./program.js');
