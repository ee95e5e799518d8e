import { mkdir, statfs } from 'node:fs/promises';
import { directRunner, type GitRunner, requireGit } from '@lib/git';
import type { Config } from '../config.js';
import { problemOf } from '../http/problems.js';
import { storageAnswers } from '../health/readiness.js';
import { connectionTrouble } from './connection-trouble.js';
import type { Finding } from './doctor.js';

const scarceBytes = 512 * 1024 * 1024;
const scarceFiles = 10_000;

/** What every wiki stands on: git, room on the disk, a data folder that keeps what is written. */
export async function examineMachine(
  { dataDir }: Pick<Config, 'dataDir'>,
  runner: GitRunner = directRunner(),
): Promise<Finding[]> {
  const folder = await found(
    'data folder',
    `See that ${dataDir} may be written by the user that wikibot runs as.`,
    async () => {
      const started = performance.now();
      await mkdir(dataDir, { recursive: true });
      await storageAnswers(dataDir);
      return `a file is written and read in ${Math.round(performance.now() - started)} ms`;
    },
  );
  return [
    await found(
      'git',
      'Install the git command line where programs of the system are, such as /usr/bin or /usr/local/bin.',
      async () => {
        return `version ${await requireGit(runner).finally(() => runner.close())}`;
      },
    ),
    folder,
    ...(folder.ok ? [await found('disk', 'Make room: writes are refused on a full disk.', () => room(dataDir))] : []),
  ];
}

/** What opening the database failed with, as something to mend. */
export function databaseFinding(error: unknown): Finding {
  const trouble = connectionTrouble(error);
  return {
    subject: 'database',
    ok: false,
    detail: trouble?.detail ?? reason(error),
    mend: trouble?.hint ?? 'Look at the log of PostgreSQL (DATA_DIR/db.log for the embedded one).',
  };
}

async function room(dataDir: string): Promise<string> {
  const { bavail, bsize, files, ffree } = await statfs(dataDir);
  const free = bavail * bsize;
  const detail = `${Math.floor(free / 1024 / 1024)} MiB and ${ffree} files free`;
  // A file system without a fixed number of files says that it has none.
  if (free < scarceBytes || (files > 0 && ffree < scarceFiles)) throw new Error(`only ${detail}`);
  return detail;
}

async function found(subject: string, mend: string, look: () => Promise<string>): Promise<Finding> {
  try {
    return { subject, ok: true, detail: await look() };
  } catch (error) {
    return { subject, ok: false, detail: reason(error), mend };
  }
}

/** Errors of ours have a text for people; one of the machine says itself what it is. */
function reason(error: unknown): string {
  const { status, detail } = problemOf(error);
  return status < 500 || !(error instanceof Error) ? detail : error.message;
}
