import type { Actor } from '@lib/acl';
import type { Draft, Funnel, MoveRecord, Oid, Repository } from '@lib/git';
import { authorOf, committerOf } from './attribution.js';
import { commitMessage } from './commit-message.js';
import type { ImportFile } from './import-files.js';
import { importRefused } from './import-refusal.js';

/** One change of a history that the server itself tells, as when it makes a wiki to show. */
export interface ImportStep {
  /** As they are after it. */
  files: ImportFile[];
  message: string;
  /** An author without a username has only a name in history, and no account. */
  author: Pick<Actor, 'userId' | 'username' | 'displayName'>;
  door: Actor['door'];
  agent: string | null;
  date: Date;
}

interface Given {
  funnel: Funnel;
  mailDomain: string;
  onProgress: ((progress: { step: 'writing'; done: number; total: number }) => void) | undefined;
}

/** As many as ride in one round of the funnel. */
const atOnce = 50;

/** The files as the last steps leave them. */
export function lastFiles(steps: readonly ImportStep[]): ImportFile[] {
  const files = new Map(steps.flatMap((step) => step.files.map((file) => [file.path, file] as const)));
  return [...files.values()];
}

/**
 * Makes a commit of every step, in their order. Each has a record of its own, as a change by that door has: history
 * believes records and not what commits say of themselves. The record also notes that the step was only told.
 */
export async function writeSteps(repository: Repository, steps: readonly ImportStep[], given: Given): Promise<Oid> {
  let tip: Oid | null = null;
  for (let at = 0; at < steps.length; at += atOnce) {
    given.onProgress?.({ step: 'writing', done: at, total: steps.length });
    tip = await writeRound(repository, steps.slice(at, at + atOnce), { tip, ...given });
  }
  given.onProgress?.({ step: 'writing', done: steps.length, total: steps.length });
  return tip ?? '';
}

async function writeRound(
  repository: Repository,
  steps: readonly ImportStep[],
  { funnel, mailDomain, tip }: Given & { tip: Oid | null },
): Promise<Oid | null> {
  let isForeign = false;
  const round = steps.map((step, index) =>
    funnel.write(repository, recordOf(step), async (snapshot) => {
      if (index === 0) isForeign = snapshot.tip !== tip;
      if (isForeign) throw importRefused(['The wiki was changed by somebody else meanwhile.']);
      return draftOf(step, mailDomain);
    }),
  );
  // Whoever clears up after a step that failed is not to meet one that is still being written.
  await Promise.allSettled(round);
  return (await Promise.all(round)).at(-1)?.commit ?? tip;
}

const recordOf = ({ author, door, agent }: ImportStep): MoveRecord => ({
  actor: author.userId ?? '',
  ...{ door, agent, note: 'told by the server' },
});

function draftOf({ files, message, author, door, agent, date }: ImportStep, mailDomain: string): Draft {
  const wikibot = committerOf(mailDomain);
  const person =
    author.username === null ? { ...wikibot, name: author.displayName ?? wikibot.name } : authorOf(author, mailDomain);
  // What is pushed was committed elsewhere, and has no trailers of ours.
  const isPushed = door === 'git';
  return {
    edits: files.map(({ path, bytes }) => ({ path, content: bytes })),
    message: isPushed ? message : commitMessage(message, '', { door, agent }),
    author: person,
    committer: isPushed ? person : wikibot,
    date,
  };
}
