import type { Oid, Repository } from '@lib/git';
import { WikiError } from './wiki-errors.js';
import { notARevision } from './write-errors.js';

/** The commit a revision names: 7 to 40 hexadecimal digits of one that is part of the wiki's history. */
export async function requireRevision(repository: Repository, revision: string): Promise<Oid> {
  if (!/^[0-9a-f]{7,40}$/i.test(revision)) throw notARevision();
  const commit = await repository.findCommit(revision.toLowerCase());
  if (commit === null) throw new WikiError('revision-not-found', `There is no revision ${revision} of this wiki.`);
  return commit;
}
