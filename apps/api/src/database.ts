import { aclEntities, aclMigrations } from '@lib/acl';
import { wikiMigrations } from '@lib/wiki';
import { DataSource } from 'typeorm';
import type { Config } from './config.js';
import { type Embedded, openEmbedded } from './embedded.js';

/** The database, and how to leave it. */
export interface OpenDatabase {
  source: DataSource;
  /** postgres:// address, for clients of other libraries. */
  url: string;
  /** Starts the embedded server again when it is gone; nothing for a server of the operator's own. */
  ensureRunning: () => Promise<void>;
  close: () => Promise<void>;
}

// One number for all processes of wikibot: whoever migrates holds this advisory lock.
const migrationLock = 7_712_041;

/** Opens the configured PostgreSQL, or the embedded one, and brings its tables up to date. */
export async function openDatabase(
  config: Pick<Config, 'dataDir' | 'database'>,
  { server }: Embedded = openEmbedded(config),
): Promise<OpenDatabase> {
  const embedded = await server;
  const url = config.database.url ?? embedded?.url ?? '';
  const source = new DataSource({
    type: 'postgres',
    url,
    entities: aclEntities,
    migrations: [...aclMigrations, ...wikiMigrations],
    synchronize: false,
    poolSize: config.database.pool,
    applicationName: 'wikibot',
    // What outlasts the request that asked for it would only keep a connection from others.
    // Statements that do not wait for each other's answers go out together.
    extra: { statement_timeout: config.database.timeoutMs, pipeline: true },
    // A lost connection is replaced by the pool; the error itself is nobody's request.
    poolErrorHandler: () => {},
  });
  try {
    await source.initialize();
    await migrate(source);
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
  return {
    source,
    url,
    ensureRunning: async () => embedded?.ensureRunning(),
    close: async () => {
      await source.destroy();
      await embedded?.stop();
    },
  };
}

async function migrate(source: DataSource): Promise<void> {
  const runner = source.createQueryRunner();
  try {
    await runner.connect();
    await runner.query('SET statement_timeout = 0');
    await runner.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    await source.runMigrations({ transaction: 'each' });
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [migrationLock]).catch(() => {});
    await runner.query('RESET statement_timeout').catch(() => {});
    await runner.release();
  }
}
