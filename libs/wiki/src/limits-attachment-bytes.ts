import type { ObjectReader, Oid } from '@lib/git';
import { LRUCache } from 'lru-cache';
import { pageOfFile } from './page-path.js';

interface History {
  tip: Oid;
  commits: Set<Oid>;
  blobs: Set<Oid>;
  bytes: number;
}

// What a commit reaches never changes, so what was summed up to it stays right; a newer tip adds to it.
const histories = new LRUCache<string, History>({
  maxSize: 2_000_000,
  sizeCalculation: ({ commits, blobs }) => commits.size + blobs.size + 1,
});

const linkMode = '160000';

/**
 * The attachments anywhere in the history of a commit: git keeps what was deleted, so it counts. `repository` names
 * what is remembered; reads go through `objects`, which may be a push in quarantine.
 */
export class AttachmentHistory {
  private constructor(private readonly history: History) {}

  static async upTo(repository: string, tip: Oid | null, objects: ObjectReader): Promise<AttachmentHistory> {
    const known = histories.get(repository);
    if (tip === null) return new AttachmentHistory({ tip: '', commits: new Set(), blobs: new Set(), bytes: 0 });
    if (known?.tip === tip) return new AttachmentHistory(known);
    const history = await extended(known, tip, objects);
    histories.set(repository, history);
    return new AttachmentHistory(history);
  }

  /** The same with the commits of a push that may be refused, so nothing of it is remembered. */
  async with(tip: Oid, objects: ObjectReader): Promise<number> {
    return (await extended(this.history, tip, objects)).bytes;
  }

  get bytes(): number {
    return this.history.bytes;
  }

  has(blob: Oid): boolean {
    return this.history.blobs.has(blob);
  }
}

async function extended(known: History | undefined, tip: Oid, objects: ObjectReader): Promise<History> {
  const found: History = { tip, commits: new Set(), blobs: new Set(), bytes: 0 };
  let buildsOnKnown = known === undefined || known.tip === '';
  const stack = [tip];
  for (let oid = stack.pop(); oid !== undefined; oid = stack.pop()) {
    if (oid === known?.tip) buildsOnKnown = true;
    if (found.commits.has(oid) || known?.commits.has(oid) === true) continue;
    found.commits.add(oid);
    stack.push(...(await addCommit(found, oid, { known, objects })));
  }
  // A history that does not build on the remembered one (it was restored from elsewhere) is summed from its start.
  if (!buildsOnKnown) return extended(undefined, tip, objects);
  if (known === undefined) return found;
  const [commits, blobs] = [new Set([...known.commits, ...found.commits]), new Set([...known.blobs, ...found.blobs])];
  return { tip, commits, blobs, bytes: known.bytes + found.bytes };
}

/** Adds the files that a commit brought; gives its parents. */
async function addCommit(found: History, oid: Oid, { known, objects }: { known?: History; objects: ObjectReader }) {
  const { parents } = await objects.commit(oid);
  for (const { path, after } of await objects.diff(parents[0] ?? null, oid)) {
    if (after === null || after.mode === linkMode || pageOfFile(path) !== null) continue;
    if (found.blobs.has(after.oid) || known?.blobs.has(after.oid) === true) continue;
    found.blobs.add(after.oid);
    found.bytes += await objects.blobSize(after.oid);
  }
  return parents;
}
