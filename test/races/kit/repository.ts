import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Entry, Ledger } from './ledger.js';

const run = promisify(execFile);

/** Runs git on the bare repository, as an operator beside the servers would. */
export async function git(gitDir: string, ...args: string[]): Promise<string> {
  const settings = ['-c', 'safe.directory=*', '-c', 'core.quotePath=off', '--git-dir', gitDir];
  const { stdout, stderr } = await run('git', [...settings, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
  return stdout + stderr;
}

// What is checked are the objects themselves. Beside a `gc`, a multi-pack-index or commit graph that a server writes at the
// same moment may name packs that are gone; git knows no lock between them, and both can be made anew.
const withoutCaches = ['-c', 'core.multiPackIndex=false', '-c', 'core.commitGraph=false'];

/** What git finds wrong with any object. */
export const faultsIn = (gitDir: string): Promise<string> =>
  git(gitDir, ...withoutCaches, 'fsck', '--strict', '--full', '--no-dangling').catch(
    // git names what is missing on standard output.
    (error: { stdout?: string; stderr?: string }) => `failed: ${error.stdout}${error.stderr}`,
  );

// Without what writes a multi-pack-index: git has no lock against a `repack` at the same moment, as a server may run
// one, and then lists that one's temporary packs.
const tasks = [
  ['gc', '--quiet'],
  ['maintenance', 'run', '--quiet', '--task=loose-objects', '--task=commit-graph'],
  ['repack', '--cruft', '-dq'],
  ['pack-refs', '--all'],
];

/** Tidies whenever there is something new, until it is told to stop; gives how often, and what git said when it gave up. */
export function keepTidying(
  gitDir: string,
  ledger: Ledger,
): { stop: () => Promise<{ times: number; failures: string[] }> } {
  let isOver = false;
  const failures: string[] = [];
  const tidy = async () => {
    let times = 0;
    for (await ledger.next(); !isOver; times += 1) {
      // One that fails is run again another day; what counts is that it harmed nothing.
      await git(gitDir, ...(tasks[times % tasks.length] ?? [])).catch((error: Error) => failures.push(error.message));
      if (!isOver) await ledger.next();
    }
    return { times, failures };
  };
  const work = tidy();
  return {
    stop: () => {
      isOver = true;
      ledger.stopWaiting();
      return work;
    },
  };
}

const longestDoubtMs = 60_000;

/** The commit of a change whose answer came too late, once it is there; null when it never comes. */
export async function lookedFor(gitDir: string, mark: string): Promise<string | null> {
  const deadline = performance.now() + longestDoubtMs;
  while (performance.now() < deadline) {
    const lines = (await git(gitDir, 'log', '--format=%H %s', '-2000', 'main')).split('\n');
    const line = lines.find((one) => one.slice(41) === mark);
    if (line !== undefined) return line.slice(0, 40);
  }
  return null;
}

interface Found extends Entry {
  commit: string;
}

/** The commits of main after `since`, oldest first, each with the lines it took and brought. */
async function changesAfter(gitDir: string, since: string): Promise<Found[]> {
  const shape = ['--reverse', '-p', '--unified=0', '--no-renames', '--no-ext-diff', '--format=@@@ %H %s'];
  const found: Found[] = [];
  for (const line of (await git(gitDir, ...withoutCaches, 'log', ...shape, `${since}..main`)).split('\n')) {
    const last = found.at(-1);
    const [, commit, mark] = /^@@@ (\S+) (.*)$/.exec(line) ?? [];
    if (commit !== undefined && mark !== undefined) found.push({ commit, mark, page: '', removed: [], added: [] });
    else if (last === undefined) continue;
    // A second file in one commit makes a page of a name that no entry has.
    else if (line.startsWith('diff --git ')) last.page += / b\/(.*)\.md$/.exec(line)?.[1] ?? line;
    else if (/^(?:---|\+\+\+) (?:[ab]\/|\/dev)/.test(line)) continue;
    else if (line.startsWith('-')) last.removed.push(line.slice(1));
    else if (line.startsWith('+')) last.added.push(line.slice(1));
  }
  return found;
}

/**
 * Where history and acknowledgements disagree. Each acknowledged change is one commit, and that commit took exactly the
 * lines its author had read and brought exactly those the author wrote: nobody overwrote what they had not seen.
 */
export async function disagreements(gitDir: string, since: string, entries: readonly Entry[]): Promise<string[]> {
  const found = await changesAfter(gitDir, since);
  const faults: string[] = [];
  const byMark = new Map<string, Found>();
  for (const one of found) {
    if (byMark.has(one.mark)) faults.push(`${one.mark} is in history twice`);
    byMark.set(one.mark, one);
  }
  for (const entry of entries) {
    const there = byMark.get(entry.mark);
    byMark.delete(entry.mark);
    if (there === undefined) faults.push(`${entry.mark} was acknowledged and is not in history`);
    else faults.push(...differences(entry, there));
  }
  faults.push(...[...byMark.keys()].map((mark) => `${mark} is in history and was acknowledged to nobody`));
  return faults;
}

function differences(entry: Entry, there: Found): string[] {
  const wanted = { ...entry, commit: entry.commit ?? there.commit };
  const [a, b] = [wanted, there].map(({ mark, page, removed, added, commit }) =>
    JSON.stringify({ mark, page, removed, added, commit }),
  );
  return a === b ? [] : [`acknowledged was ${a}, and history has ${b}`];
}
