import type { Funnel } from './funnel.js';
import type { GitRunner } from './git-command.js';
import { corrupt, GitError, isDamage } from './git-errors.js';
import type { IncomingBytes } from './incoming-bytes.js';
import type { MoveRecord } from './moves.js';
import type { ObjectReader } from './object-reader.js';
import { commitMode, type Oid } from './objects.js';
import { Quarantine } from './quarantine.js';
import type { Repository } from './repository.js';

/** What a push would make of `main`, for the one who has to judge it. */
export interface PushedCommits {
  before: Oid | null;
  after: Oid;
  /** Reads what is new together with what was there. */
  objects: ObjectReader;
  /** How many objects the push brought. */
  incoming: number;
}

/** Asked before a push is taken: sentences that say why not, or none. */
export type PushPolicy = (push: PushedCommits) => Promise<string[]>;

interface Wanted {
  before: Oid | null;
  after: Oid;
  incoming: number;
  pack: IncomingBytes;
  policy: PushPolicy;
  record: MoveRecord;
  maxBytes: number;
  signal: AbortSignal;
}

interface Place {
  repository: Repository;
  runner: GitRunner;
  funnel: Funnel;
}

/** Takes the pack into a quarantine, has it judged, and moves `main`; whatever fails leaves nothing behind. */
export async function takePush({ repository, runner, funnel }: Place, wanted: Wanted): Promise<void> {
  const { before, after, incoming, policy, record, signal } = wanted;
  await requireSame(repository, before);
  await requireReadable(repository, before);
  const quarantine = await Quarantine.open(repository, runner);
  try {
    await completed(repository, before, async () => {
      await receive(quarantine, wanted);
      await quarantine.requireConnected(after, signal);
    });
    await requireDescendant(quarantine, repository, { before, after });
    const reasons = await policy({ before, after, objects: quarantine, incoming });
    if (reasons.length > 0) throw new GitError('push-refused', reasons.join('\n'), { reasons });
    if (signal.aborted) throw goneAway();
    // Looked at again, so that a push that lost the race does not leave its objects in the repository.
    await requireSame(repository, before);
    if (incoming > 0) await quarantine.adopt();
    await funnel.move(repository, record, before, after).catch(explainRace);
  } finally {
    await quarantine.discard();
  }
}

async function receive(quarantine: Quarantine, { incoming, pack, maxBytes, signal }: Wanted): Promise<void> {
  // A ref that is moved to a commit we have already comes with an empty pack.
  if (incoming === 0) return;
  try {
    await quarantine.receive(pack.stream(), { maxBytes, signal, objects: incoming });
  } catch (error) {
    if (signal.aborted) throw goneAway();
    const cause = pack.failure instanceof GitError ? pack.failure : error;
    throw cause instanceof GitError && cause.code === 'too-large' ? tooLarge(maxBytes) : cause;
  }
  if (pack.failure !== null) throw goneAway();
}

/** Without the commit it builds on, git would find fault with the push. */
async function requireReadable(repository: Repository, before: Oid | null): Promise<void> {
  if (before === null) return;
  await repository.commit(before).catch((error: unknown) => {
    throw isDamage(error) ? corrupt(`the newest commit ${before} cannot be read`) : error;
  });
}

/** What a pack lacks may be lacking here: the one who pushed is told of it only once what was there is found whole. */
async function completed(repository: Repository, before: Oid | null, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (before !== null && error instanceof GitError && error.code === 'pack-refused') {
      await requireWhole(repository, before);
    }
    throw error;
  }
}

async function requireWhole(repository: Repository, tip: Oid): Promise<void> {
  const items = await repository.walk(tip).catch((error: unknown) => {
    if (isDamage(error)) throw corrupt(error.message);
    return [];
  });
  const lost = items.find(({ mode, oid }) => mode !== commitMode && repository.store.has(oid) === null);
  if (lost !== undefined) throw corrupt(`object ${lost.oid} is missing`);
}

async function requireSame(repository: Repository, before: Oid | null): Promise<void> {
  if ((await repository.tip()) !== before) throw behind();
}

/** Throws unless the new tip is a commit that has the old one among its ancestors. */
async function requireDescendant(
  quarantine: Quarantine,
  repository: Repository,
  { before, after }: { before: Oid | null; after: Oid },
): Promise<void> {
  // A tag object or a tree would be a `main` that nobody can read.
  if ((await quarantine.header(after)).type !== 'commit') {
    throw new GitError('push-refused', 'The branch main can only point to a commit.');
  }
  if (before === null || (await descends(quarantine, repository, { before, after }))) return;
  throw new GitError(
    'push-refused',
    'History was rewritten: the pushed commits do not contain the newest commit of the wiki. Pull, then push again.',
  );
}

/** Walks what is new only: a commit the old tip reaches leads nowhere else. */
async function descends(objects: ObjectReader, repository: Repository, { before, after }: { before: Oid; after: Oid }) {
  const seen = new Set<Oid>([after]);
  const stack = [after];
  for (let oid = stack.pop(); oid !== undefined; oid = stack.pop()) {
    if (oid === before) return true;
    if (repository.store.has(oid) !== null && (await repository.isReachable(oid))) continue;
    for (const parent of (await objects.commit(oid)).parents) {
      if (!seen.has(parent)) stack.push(parent);
      seen.add(parent);
    }
  }
  return false;
}

const behind = (): GitError =>
  new GitError('ref-moved-on', 'The wiki has changes that you do not have yet. Pull, then push again.');

const tooLarge = (limit: number): GitError => {
  const wayOut = 'Push fewer commits at a time, or leave large files out.';
  return new GitError('too-large', `The push is larger than ${limit} bytes, the limit of this wiki. ${wayOut}`, {
    limit,
  });
};

const goneAway = (): GitError => new GitError('push-refused', 'The connection ended before the push was taken.');

function explainRace(error: unknown): never {
  throw error instanceof GitError && error.code === 'ref-moved-on' ? behind() : error;
}
