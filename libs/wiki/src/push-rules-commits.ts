import type { CommitInfo, ObjectReader, Oid, Repository } from '@lib/git';

/** The old and the new tip of a wiki, and where to read both. */
export interface Pushed {
  before: Oid | null;
  after: Oid;
  objects: ObjectReader;
}

const mostMessageBytes = 64 << 10;
const mostListed = 5;

/** The commits that the repository does not have yet. */
export async function newCommits({ after, before, objects }: Pushed, repository: Repository): Promise<CommitInfo[]> {
  const found: CommitInfo[] = [];
  const seen = new Set<string>([after, ...(before === null ? [] : [before])]);
  const stack = before === after ? [] : [after];
  for (let oid = stack.pop(); oid !== undefined; oid = stack.pop()) {
    // What is there was judged when it came, and so was everything it builds on.
    if (oid !== after && repository.store.has(oid) !== null) continue;
    const commit = await objects.commit(oid);
    found.push(commit);
    for (const parent of commit.parents) {
      if (!seen.has(parent)) stack.push(parent);
      seen.add(parent);
    }
  }
  return found;
}

/** Refuses messages that would make every list of changes heavy. */
export function oversizedMessages(commits: CommitInfo[]): string[] {
  const large = commits.filter(({ message }) => Buffer.byteLength(message) > mostMessageBytes);
  const named = large.slice(0, mostListed).map(({ oid }) => oid.slice(0, 10));
  if (large.length === 0) return [];
  const more = large.length > named.length ? ` and ${large.length - named.length} more` : '';
  return [`The message of ${named.join(', ')}${more} is longer than ${mostMessageBytes} bytes. Shorten it.`];
}
