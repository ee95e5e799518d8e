import { formatCommit, stampAt } from './commit.js';
import { ObjectBatch } from './object-batch.js';
import { Objects } from './object-reader.js';
import { hashObject, type CommitInfo, type GitObject, type ObjectType, type Oid, type Person } from './objects.js';
import type { Repository } from './repository.js';
import { formatTree, type Entry } from './tree.js';
import { TreeEditor, type TreeEdit } from './tree-edit.js';

/** What one writer wants on top of the snapshot it was shown. */
export interface Draft {
  edits: TreeEdit[];
  message: string;
  author: Person;
  committer: Person;
  /** When it was made; now unless given. The record of the move says in any case when `main` went there. */
  date?: Date;
  /** The snapshot's tip unless given. */
  parents?: Oid[];
}

/** The wiki as a writer sees it: the repository and the commits drafted before it in the same round. */
export class Snapshot extends Objects {
  private readonly commits = new Map<Oid, Promise<CommitInfo>>();

  constructor(
    readonly tip: Oid | null,
    private readonly repository: Repository,
    private readonly batch: ObjectBatch,
  ) {
    super();
  }

  /** A writer asks for the same few again and again. */
  override commit(oid: Oid): Promise<CommitInfo> {
    const known = this.commits.get(oid) ?? super.commit(oid);
    this.commits.set(oid, known);
    return known;
  }

  async object(oid: Oid, maxBytes?: number): Promise<GitObject> {
    return this.batch.get(oid) ?? this.repository.object(oid, maxBytes);
  }

  async header(oid: Oid): Promise<{ type: ObjectType; size: number }> {
    const pending = this.batch.get(oid);
    return pending === undefined ? this.repository.header(oid) : { type: pending.type, size: pending.bytes.length };
  }

  /** Builds the draft's commit into the round; a draft that cannot be built adds nothing. */
  async commitDraft(draft: Draft): Promise<Oid> {
    const own = new ObjectBatch(this.repository.store);
    const root = this.tip === null ? null : (await this.commit(this.tip)).tree;
    const source = { tree: (oid: Oid) => this.tree(oid), find: (from: Oid, path: string) => this.find(from, path) };
    const made = {
      blob: (content: Buffer) => own.add('blob', content),
      tree: (sorted: readonly Entry[], from: Oid | null) =>
        this.known(own.add('tree', formatTree(sorted), from), sorted),
    };
    const tree = await new TreeEditor(source, made).apply(root, draft.edits);
    const parents = draft.parents ?? (this.tip === null ? [] : [this.tip]);
    const date = draft.date ?? new Date();
    const bytes = formatCommit({
      tree: tree ?? own.add('tree', Buffer.alloc(0)),
      parents,
      author: stampAt(draft.author, date),
      committer: stampAt(draft.committer, date),
      message: draft.message,
    });
    own.add('commit', bytes);
    this.batch.merge(own);
    return hashObject('commit', bytes);
  }
}
