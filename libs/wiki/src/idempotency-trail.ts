import type { Objects, Oid, Repository } from '@lib/git';
import { LRUCache } from 'lru-cache';
import { keyOf } from './commit-message.js';

interface Trail {
  tip: Oid;
  keys: Map<string, Oid>;
}

const trails = new LRUCache<string, Trail>({ max: 256 });
const daySeconds = 24 * 60 * 60;
const farthest = 2_000;

/** The commit of the last day that was made under a key, by us; null when there is none. */
export async function commitWithKey(
  repository: Repository,
  { tip, objects, key }: { tip: Oid | null; objects: Objects; key: string },
): Promise<Oid | null> {
  if (tip === null) return null;
  const trail = await trailOf(repository.gitDir, tip, objects);
  const commit = trail.keys.get(key);
  return commit !== undefined && (await isOurs(repository, commit)) ? commit : null;
}

/** Reads what is new since it was last asked for. */
async function trailOf(repository: string, tip: Oid, objects: Objects): Promise<Trail> {
  const known = trails.get(repository);
  const fresh = new Map<string, Oid>();
  const since = Date.now() / 1000 - daySeconds;
  let here: Oid | undefined = tip;
  for (let steps = 0; here !== undefined && here !== known?.tip && steps < farthest; steps += 1) {
    const { message, committer, parents } = await objects.commit(here);
    if (committer.seconds < since) break;
    const key = keyOf(message);
    if (key !== null && !fresh.has(key)) fresh.set(key, here);
    here = parents[0];
  }
  const keys = known !== undefined && here === known.tip ? new Map([...known.keys, ...fresh]) : fresh;
  const trail = { tip, keys };
  trails.set(repository, trail);
  return trail;
}

/** Anyone can push a commit that claims a key. Ours have a record, or are being written in this very round. */
async function isOurs(repository: Repository, commit: Oid): Promise<boolean> {
  if (repository.store.has(commit) === null) return true;
  const moves = await repository.moves();
  return moves.some(({ after, record }) => after === commit && record.door !== 'git' && record.door !== 'import');
}
