import type { GitRunner } from './git-command.js';
import { isOid, type Oid } from './objects.js';
import type { Repository } from './repository.js';

/** A file that a commit moved, by git's own judgement of what is similar. */
export interface Rename {
  from: string;
  to: string;
}

const atOnce = 400;
const compareMs = 60_000;
const maxBytes = 32 << 20;

/**
 * What git takes for renames in each commit, against its first parent. A commit that git cannot compare in time is
 * one without renames: they are a convenience, and no reason to stop.
 */
export async function findRenames(
  repository: Repository,
  runner: GitRunner,
  commits: Oid[],
): Promise<Map<Oid, Rename[]>> {
  const found = new Map<Oid, Rename[]>(commits.map((oid) => [oid, []]));
  const pairs: string[] = [];
  for (const oid of found.keys()) {
    const [parent] = isOid(oid) ? (await repository.commit(oid)).parents : [];
    if (parent !== undefined) pairs.push(`${oid} ${parent}\n`);
  }
  for (let at = 0; at < pairs.length; at += atOnce) {
    const said = await compare(repository, runner, pairs.slice(at, at + atOnce));
    for (const [oid, renames] of parse(said)) found.set(oid, renames);
  }
  return found;
}

async function compare({ gitDir }: Repository, runner: GitRunner, pairs: string[]): Promise<string> {
  const args = ['diff-tree', '--stdin', '-r', '-M50%', '--diff-filter=R', '--name-status', '-z'];
  const input = Buffer.from(pairs.join(''));
  const result = await runner.run({ args, gitDir, input, timeoutMs: compareMs, maxBytes }).catch(() => null);
  return result?.code === 0 ? result.stdout.toString('utf8') : '';
}

/** `<commit> R<score> <from> <to> R<score> …`, each ended by a zero byte. */
function* parse(said: string): Generator<[Oid, Rename[]]> {
  const words = said.split('\0');
  let current: [Oid, Rename[]] | null = null;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (isOid(word)) {
      if (current !== null) yield current;
      current = [word, []];
    } else if (/^R\d+$/.test(word)) {
      current?.[1].push({ from: words[at + 1] ?? '', to: words[at + 2] ?? '' });
      at += 2;
    }
  }
  if (current !== null) yield current;
}
