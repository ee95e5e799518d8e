import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anEmptyDatabase } from '../../../../libs/postgres/testing/a-database.js';

/** What a command said, and how it ended. */
interface Run {
  code: number;
  stdout: string;
  stderr: string;
}

const program = join(import.meta.dirname, '../../../../bin/wikibot.mjs');

/** The built command line with a data folder and a database of its own; every command is a process of its own. */
export async function aCommandLine() {
  const database = await anEmptyDatabase();
  const line = await aPlainCommandLine({ DATABASE_URL: database.url });
  return {
    ...line,
    databaseUrl: database.url,
    remove: async () => {
      await database.drop();
      await line.remove();
    },
  };
}

/** The same as it is on a new machine, where the database is the embedded one in the data folder. */
export async function aPlainCommandLine(more: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'wikibot-cli-'));
  const settings = { DATA_DIR: join(folder, 'data'), SEARCH_BY_MEANING: 'off', ...more };
  return {
    folder,
    settings,
    run: (
      args: string[],
      { input = '', variables = {} }: { input?: string; variables?: Record<string, string> } = {},
    ) =>
      new Promise<Run>((resolve) => {
        const env = { PATH: process.env.PATH, ...settings, ...variables };
        const child = execFile(process.execPath, [program, ...args], { env }, (error, stdout, stderr) => {
          const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
          resolve({ code, stdout, stderr });
        });
        child.stdin?.end(input);
      }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
