import type { WikiId } from '@lib/acl';
import { findRenames, type GitRunner, type Objects, type Oid, type Repository } from '@lib/git';
import type { EntityManager } from 'typeorm';
import { mayHoldRenames, pathRows, type Touching } from './commit-path-rows.js';
import type { NewCommit } from './new-commits.js';
import { type PlainChange, plainChanges } from './plain-changes.js';
import { insertions, together } from './statements.js';
import { storable } from '@lib/markdown';

interface Numbered extends NewCommit, Touching {}

/** The commit that last touched a path. */
export interface Touch {
  seq: number;
  revision: Oid;
  updatedAt: string;
}

/** What was written: the last sequence number, and the newest of the commits that touched each file. */
export interface Written {
  seq: number;
  touches: Map<string, Touch>;
  /** The newest commit there is. */
  latest: Touch | null;
}

const commitColumns =
  'wiki uuid, seq bigint, oid text, parents text[], author_name text, author_email text, authored_at timestamptz, committed_at timestamptz, message text, actor uuid, door text, agent text';
const pathColumns = 'wiki uuid, seq bigint, path text, kind text, from_path text, old_blob text, new_blob text';
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Commits held in memory at once while a long history is read. */
const commitsAtOnce = 1_000;

/** Writes what each commit is and which paths it touched against its first parent. */
export class CommitRows {
  /** What the commits of the move at hand have made of the files they touched. */
  private left = new Map<string, Oid | null>();

  constructor(
    private readonly objects: Objects,
    private readonly renames: { repository: Repository; runner: GitRunner },
  ) {}

  async write(manager: EntityManager, wiki: WikiId, after: number, fresh: NewCommit[]): Promise<Written> {
    const touches = new Map<string, Touch>();
    let latest: Touch | null = null;
    for (let at = 0; at < fresh.length; at += commitsAtOnce) {
      const numbered: Numbered[] = [];
      for (const one of fresh.slice(at, at + commitsAtOnce)) {
        const { message } = one.commit;
        numbered.push({ ...one, message, seq: after + at + numbered.length + 1, changes: await this.changes(one) });
      }
      const similar = await this.similar(numbered);
      const commits = numbered.map((one) => commitRow(wiki, one));
      const paths = numbered.flatMap((one) => pathRows(wiki, one, similar.get(one.commit.oid) ?? []));
      await together(manager, [
        ...insertions('commits', commitColumns, commits),
        ...insertions('commit_paths', pathColumns, paths),
      ]);
      for (const one of numbered) {
        latest = touchOf(one);
        for (const { path } of one.changes) touches.set(path, latest);
      }
    }
    return { seq: after + fresh.length, touches, latest };
  }

  /**
   * What a commit touched against its first parent. The last one of a move answers for all that is otherwise on `main`
   * than before and that no commit touched: a merge may have dropped what its other side did.
   */
  private async changes({ commit, closes }: NewCommit): Promise<PlainChange[]> {
    const [parent = null] = commit.parents;
    const changes = plainChanges(await this.objects.diff(parent, commit.oid));
    for (const { path, after } of changes) this.left.set(path, after);
    if (closes === undefined) return changes;
    const left = this.left;
    this.left = new Map();
    if (closes.before === parent) return changes;
    const whole = plainChanges(await this.objects.diff(closes.before, commit.oid));
    return [...changes, ...whole.filter(({ path, after }) => left.get(path) !== after)];
  }

  /** git is asked about a commit only when pages of it could have moved and nothing simpler tells. */
  private async similar(numbered: Numbered[]) {
    const open = numbered.filter(mayHoldRenames).map(({ commit }) => commit.oid);
    const { repository, runner } = this.renames;
    return open.length === 0 ? new Map<Oid, never[]>() : findRenames(repository, runner, open);
  }
}

const touchOf = ({ seq, commit }: Numbered): Touch => ({
  seq,
  revision: commit.oid,
  updatedAt: timeOf(commit.author.seconds),
});

function commitRow(wiki: WikiId, { seq, commit, record }: Numbered) {
  const { author, committer } = commit;
  return {
    wiki,
    seq,
    oid: commit.oid,
    parents: commit.parents,
    author_name: storable(author.name),
    author_email: storable(author.email),
    authored_at: timeOf(author.seconds),
    committed_at: timeOf(committer.seconds),
    message: storable(commit.message),
    actor: uuid.test(record.actor) ? record.actor : null,
    door: record.door === 'unknown' ? null : record.door,
    agent: record.agent === null || record.door === 'git' ? null : storable(record.agent),
  };
}

/** Seconds a commit claims; what no calendar of ours has becomes the beginning of time. */
function timeOf(seconds: number): string {
  const isUsual = seconds >= 0 && seconds < 253_402_300_800;
  return new Date(isUsual ? seconds * 1000 : 0).toISOString();
}
