import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plan, PaymentStatus } from '@lib/acl';
import { anEmptyDatabase } from '../../../../libs/postgres/testing/a-database.js';
import { readConfig } from '../../src/config.js';
import { openLog } from '../../src/log.js';
import { type RunningServer, startServer } from '../../src/server.js';

export interface TestApp extends RunningServer {
  dataDir: string;
  /** A new person, and a token of theirs that may do everything. */
  addUser(username: string): Promise<{ username: string; token: string }>;
  /** What billing would do. */
  setPlan(owner: string, slug: string, plan: { plan?: Plan; paymentStatus?: PaymentStatus }): Promise<void>;
}

/** The whole product on a free port, with a database and a data folder of its own. */
export async function startApp(variables: Record<string, string> = {}): Promise<TestApp> {
  const database = await anEmptyDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'wikibot-app-'));
  const level = process.env.TEST_LOG ?? 'silent';
  const config = readConfig({
    PORT: '0',
    LOG_LEVEL: level,
    // Only stories that search by meaning load the model.
    SEARCH_BY_MEANING: 'off',
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    ...variables,
  });
  const server = await startServer(config, openLog(config));
  const { people, tokens, acl, actors, wikis } = server.rooms;
  return {
    ...server,
    dataDir,
    addUser: async (username) => {
      await people.create({ username });
      const { secret } = await tokens.createFor(username, { label: 'test', verbs: ['read', 'write', 'admin'] });
      return { username, token: secret };
    },
    setPlan: async (owner, slug, plan) => {
      const { wiki } = await acl.require('wiki.read', actors.system(), { owner, slug });
      await wikis.setPlan(wiki.id, plan);
    },
    stop: async () => {
      await server.stop();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
