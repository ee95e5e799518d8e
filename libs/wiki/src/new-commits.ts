import type { CommitInfo, Move, MoveRecord, Moving, Oid, Repository } from '@lib/git';

/** A commit that a move of `main` brought, and whose move it was. */
export interface NewCommit {
  commit: CommitInfo;
  record: MoveRecord;
  /** One of our own, made by a door of ours for the person the record names. */
  isOurs: boolean;
  /** Of the last commit of a move: where `main` was before it. */
  closes?: { before: Oid | null };
}

const foreignDoors = new Set(['git', 'import', 'unknown']);
const unrecorded: MoveRecord = { actor: '', door: 'unknown', agent: null };

/**
 * The commits between two tips, parents before children. They are taken move by move, so that following along and
 * reading everything anew come to the same order.
 */
export async function newCommits(repository: Repository, from: Oid | null, to: Oid): Promise<NewCommit[]> {
  const found: NewCommit[] = [];
  for (const { before, after, record } of await movesBetween(repository, from, to)) {
    const isOurs = !foreignDoors.has(record.door);
    for (const commit of await parentsFirst(repository, before, after)) {
      found.push({ commit, record, isOurs, ...(commit.oid === after && { closes: { before } }) });
    }
  }
  return found;
}

/** Those of a move that is about to happen, each of which is one commit; null when any of them came from elsewhere. */
export async function commitsOf({ moves, objects }: Moving): Promise<NewCommit[] | null> {
  if (moves.some(({ record }) => foreignDoors.has(record.door))) return null;
  const commits = moves.map(async ({ before, after, record }) => {
    return { commit: await objects.commit(after), record, isOurs: true, closes: { before } };
  });
  return Promise.all(commits);
}

async function movesBetween(repository: Repository, from: Oid | null, to: Oid) {
  const whole = [{ before: from, after: to, record: unrecorded }];
  const moves: Pick<Move, 'before' | 'after' | 'record'>[] = await repository.moves(from);
  const end = moves.findLastIndex(({ after }) => after === to);
  const start = moves.findLastIndex(({ before }, at) => at <= end && before === from);
  if (end === -1 || start === -1) return whole;
  const chain = moves.slice(start, end + 1);
  const isUnbroken = chain.every(({ before }, at) => at === 0 || before === chain[at - 1]?.after);
  return isUnbroken ? chain : whole;
}

/** What `after` reaches and `before` does not, in an order that depends on nothing else. */
async function parentsFirst(repository: Repository, before: Oid | null, after: Oid): Promise<CommitInfo[]> {
  const fresh = new Map<Oid, CommitInfo>();
  for await (const commit of repository.log(after, { until: before })) fresh.set(commit.oid, commit);
  const ordered: CommitInfo[] = [];
  const seen = new Set<Oid>();
  const stack: { commit: CommitInfo; isExpanded: boolean }[] = [];
  const visit = (oid: Oid) => {
    const commit = fresh.get(oid);
    if (commit !== undefined && !seen.has(oid)) stack.push({ commit, isExpanded: false });
  };
  visit(after);
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    if (top.isExpanded || seen.has(top.commit.oid)) {
      stack.pop();
      if (!seen.has(top.commit.oid)) ordered.push(top.commit);
      seen.add(top.commit.oid);
      continue;
    }
    top.isExpanded = true;
    for (const parent of [...top.commit.parents].reverse()) visit(parent);
  }
  return ordered;
}
