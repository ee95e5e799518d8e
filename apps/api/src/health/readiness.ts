import { randomBytes } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { DoorError } from '../http/door-error.js';

interface Needed {
  database: DataSource;
  dataDir: string;
  /** Brings the database server back when it is ours and gone. */
  revive: () => Promise<void>;
  /** Whether meanings can be searched. The server serves without it, so it is told and never asked for. */
  meaning: () => MeaningReadiness;
}

/** `off` by configuration; `unavailable` while the model cannot be loaded, and searches look for words. */
type MeaningReadiness = 'available' | 'unavailable' | 'off';

interface Ready {
  status: 'ready';
  storage_ms: number;
  database_ms: number;
  search_by_meaning: MeaningReadiness;
}

/** Tries what every request depends on: a file can be written and read, and the database answers. */
export class Readiness {
  constructor(private readonly needed: Needed) {}

  /** Milliseconds each check took; throws `not-ready`, naming what failed. */
  async check(): Promise<Ready> {
    const storage = await this.timed('storage', () => storageAnswers(this.needed.dataDir));
    const database = await this.timed('database', () => this.database());
    const search_by_meaning = this.needed.meaning();
    return { status: 'ready', storage_ms: storage, database_ms: database, search_by_meaning };
  }

  private async database(): Promise<void> {
    await this.needed.database.query('SELECT 1').catch(async () => {
      await this.needed.revive();
      await this.needed.database.query('SELECT 1');
    });
  }

  private async timed(what: string, work: () => Promise<void>): Promise<number> {
    const started = performance.now();
    await work().catch((cause: unknown) => {
      throw new DoorError('not-ready', `The ${what} does not answer.`, { what, ...named(cause) });
    });
    return Math.round((performance.now() - started) * 10) / 10;
  }
}

/** A file can be written in the data folder and read again. */
export async function storageAnswers(dataDir: string): Promise<void> {
  const file = join(dataDir, `.ready-${randomBytes(6).toString('hex')}`);
  const written = randomBytes(16).toString('hex');
  try {
    await writeFile(file, written, { mode: 0o600 });
    if ((await readFile(file, 'utf8')) !== written) throw new Error('what was read is not what was written');
  } finally {
    await rm(file, { force: true });
  }
}

/** The error's own code (`ENOSPC`, `57P01`) helps the operator and gives nothing away. */
function named(cause: unknown): { reason?: string } {
  const { code } = (cause ?? {}) as { code?: unknown };
  return typeof code === 'string' ? { reason: code } : {};
}
