import { join } from 'node:path';
import { type EmbeddedPostgres, startEmbedded } from '@lib/postgres';
import type { Config } from './config.js';

type Where = Pick<Config, 'dataDir' | 'database'>;

/** A server of our own, which may still be getting ready; none where the operator has one. */
export interface Embedded {
  server: Promise<EmbeddedPostgres> | null;
}

/** Starts the embedded server, or joins the one that runs, where no other is configured. */
export function openEmbedded(config: Where, onLaunched?: () => void): Embedded {
  if (config.database.url !== undefined) return { server: null };
  const server = startEmbedded({ dir: join(config.dataDir, 'db'), onLaunched });
  // Whoever opens it is told what went wrong, which may be later.
  server.catch(() => {});
  return { server };
}

/** The same, once it is on its way: it gets ready by itself while this process does something else. */
export async function launchEmbedded(config: Where): Promise<Embedded> {
  let launched: () => void = () => {};
  const isLaunched = new Promise<void>((resolve) => (launched = resolve));
  const embedded = openEmbedded(config, launched);
  if (embedded.server !== null) await Promise.race([isLaunched, embedded.server.catch(() => {})]);
  return embedded;
}
