import type { GitRunner } from './git-command.js';
import { GitError } from './git-errors.js';
import { isOid, type Oid } from './objects.js';
import { unquoteName } from './quoted-name.js';
import type { Repository } from './repository.js';

/** One line of a file and the commit that wrote it. */
export interface BlameLine {
  /** From 1. */
  line: number;
  /** The commit that wrote the line, and where it stood then. */
  commit: Oid;
  originalLine: number;
  originalPath: string;
  text: string;
}

/** Who wrote each line of a file, by git's own blame. */
export async function blame(
  repository: Repository,
  runner: GitRunner,
  commit: Oid,
  path: string,
): Promise<BlameLine[]> {
  if (!isOid(commit)) throw new GitError('git-failed', 'A blame needs a whole commit id.');
  const args = ['blame', '--porcelain', '-M', commit, '--', path];
  const { code, stdout } = await runner.run({ args, gitDir: repository.gitDir });
  if (code !== 0) throw new GitError('git-failed', 'git could not tell who wrote the lines.');
  const lines: BlameLine[] = [];
  const paths = new Map<Oid, string>();
  let current: { commit: Oid; originalLine: number; line: number } | null = null;
  for (const row of stdout.toString('utf8').split('\n')) {
    const head = /^([0-9a-f]{40}) (\d+) (\d+)/.exec(row);
    if (row.startsWith('\t') && current !== null) {
      lines.push({ ...current, originalPath: paths.get(current.commit) ?? path, text: row.slice(1) });
      current = null;
    } else if (head !== null && current === null) {
      current = { commit: head[1] ?? '', originalLine: Number(head[2]), line: Number(head[3]) };
    } else if (row.startsWith('filename ') && current !== null)
      paths.set(current.commit, unquoteName(row.slice('filename '.length)));
  }
  return lines;
}
