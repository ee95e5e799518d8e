import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Changes } from './ledger.js';

const run = promisify(execFile);

/** One commit as git tells it. */
export interface Commit {
  oid: string;
  subject: string;
  changes: Changes;
}

export async function git(gitDir: string, ...args: string[]): Promise<string> {
  const settings = ['-c', 'safe.directory=*', '-c', 'core.quotePath=off', '--git-dir', gitDir];
  const { stdout } = await run('git', [...settings, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
  return stdout;
}

/** The commits of main after `since`, oldest first, with what each changed. */
export async function commitsAfter(gitDir: string, since: string | null): Promise<Commit[]> {
  const range = since === null ? 'main' : `${since}..main`;
  const shape = ['--reverse', '--raw', '--no-abbrev', '--no-renames', '--format=@%H %s'];
  const commits: Commit[] = [];
  for (const line of (await git(gitDir, 'log', ...shape, range)).split('\n')) {
    const [, oid = '', subject = ''] = /^@(\S+) (.*)$/.exec(line) ?? [];
    if (oid !== '') commits.push({ oid, subject, changes: new Map() });
    const [, blob = '', path = ''] = /^:\d+ \d+ [0-9a-f]+ ([0-9a-f]+) \S+\t(.*)$/.exec(line) ?? [];
    if (path !== '') commits.at(-1)?.changes.set(path, /^0+$/.test(blob) ? null : blob);
  }
  return commits;
}

/** Every file of main with its blob. */
export async function filesOf(gitDir: string): Promise<Map<string, string>> {
  const lines = (await git(gitDir, 'ls-tree', '-r', 'main')).split('\n');
  return new Map(
    lines.flatMap((line) => {
      const [, blob = '', path = ''] = /^\d+ blob ([0-9a-f]+)\t(.*)$/.exec(line) ?? [];
      return path === '' ? [] : [[path, blob] as const];
    }),
  );
}
