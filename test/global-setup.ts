import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
  }
}

/** Gives every test run one throw-away PostgreSQL server; each test file makes its own database in it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { startEmbedded } = await import('../libs/postgres/src/index.js');
  const dir = await mkdtemp(join(tmpdir(), 'wikibot-test-postgres-'));
  const server = await startEmbedded({ dir: join(dir, 'db'), durable: false });
  project.provide('postgresUrl', server.url);
  return async () => {
    await server.stop();
    await rm(dir, { recursive: true, force: true });
  };
}
