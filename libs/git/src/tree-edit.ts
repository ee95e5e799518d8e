import { GitError } from './git-errors.js';
import { fileMode, runnableMode, treeMode, type Oid } from './objects.js';
import { compareEntries, fromBytesName, toBytesName, type Entry } from './tree.js';

/** One change of a tree; a move takes a file or a whole folder with it. */
export type TreeEdit =
  | { path: string; content: Buffer }
  | { path: string; blob: Oid; mode?: string }
  | { path: string; remove: true }
  | { from: string; to: string };

interface TreeSource {
  tree(oid: Oid): Promise<readonly Entry[]>;
  find(root: Oid, path: string): Promise<Entry | null>;
}

/** Where what an edit makes is put; answers with the ids. */
interface Made {
  blob(content: Buffer): Oid;
  /** A tree of entries in git's order, made from another one, which it is like. */
  tree(sorted: readonly Entry[], from: Oid | null): Oid;
}

type Placed = { mode: string | null; oid: Oid };

/** What the edits say of one path and everything below it. */
interface Plan {
  /** The entry put here; null removes; undefined leaves what was there. */
  put?: Placed | null;
  below: Map<string, Plan>;
}

/** Applies all edits in one pass over the tree, in their order; returns the new root, null when nothing is left. */
export class TreeEditor {
  constructor(
    private readonly source: TreeSource,
    private readonly made: Made,
  ) {}

  async apply(root: Oid | null, edits: TreeEdit[]): Promise<Oid | null> {
    const plan: Plan = { below: new Map() };
    for (const edit of edits) {
      if ('from' in edit) await this.planMove(plan, root, edit.from, edit.to);
      else if ('remove' in edit) at(plan, edit.path).put = null;
      else if ('content' in edit) put(plan, edit.path, { mode: null, oid: this.made.blob(edit.content) });
      else put(plan, edit.path, { mode: edit.mode ?? null, oid: edit.blob });
    }
    const base = root === null ? null : { mode: treeMode, name: '', oid: root };
    return (await this.build(plan, base, ''))?.oid ?? null;
  }

  private async planMove(plan: Plan, root: Oid | null, from: string, to: string): Promise<void> {
    const moved = root === null ? null : await this.source.find(root, from);
    if (moved === null) throw new GitError('path-clash', `There is nothing at ${from} to move.`);
    at(plan, from).put = null;
    put(plan, to, { mode: moved.mode, oid: moved.oid });
  }

  private async build(plan: Plan, was: Entry | null, path: string): Promise<Placed | null> {
    const base = plan.put === undefined ? was : withMode(plan.put, was);
    if (plan.below.size === 0) return base === null ? null : { mode: base.mode, oid: base.oid };
    if (base !== null && base.mode !== treeMode) {
      const removesOnly = [...plan.below.values()].every((child) => child.put === null && child.below.size === 0);
      if (removesOnly) return { mode: base.mode, oid: base.oid };
      throw new GitError('path-clash', `${path} is a file, so nothing can be put below it.`);
    }
    const entries = new Map(
      (base === null ? [] : await this.source.tree(base.oid)).map((entry) => [entry.name, entry]),
    );
    for (const [name, child] of plan.below) {
      const childPath = path === '' ? fromBytesName(name) : `${path}/${fromBytesName(name)}`;
      const built = await this.build(child, entries.get(name) ?? null, childPath);
      if (built === null) entries.delete(name);
      else entries.set(name, { mode: built.mode ?? fileMode, name, oid: built.oid });
    }
    if (entries.size === 0) return null;
    const sorted = [...entries.values()].sort(compareEntries);
    return { mode: treeMode, oid: this.made.tree(sorted, base?.oid ?? null) };
  }
}

/** A file keeps that it may be run; in the place of a link or a submodule it is a plain one; a folder it cannot replace. */
function withMode(placed: Placed | null, was: Entry | null): Entry | null {
  if (placed === null) return null;
  if (was?.mode === treeMode && placed.mode !== treeMode) {
    throw new GitError('path-clash', `${fromBytesName(was.name)} is a folder, so it cannot become a file.`);
  }
  const kept = was?.mode === runnableMode ? runnableMode : fileMode;
  return { mode: placed.mode ?? kept, name: was?.name ?? '', oid: placed.oid };
}

function put(plan: Plan, path: string, placed: Placed): void {
  const target = at(plan, path);
  target.put = placed;
  target.below.clear();
}

function at(plan: Plan, path: string): Plan {
  let here = plan;
  for (const name of toBytesName(path).split('/')) {
    if (isForbidden(name)) throw new GitError('path-clash', `${path} is not a path.`);
    let next = here.below.get(name);
    if (next === undefined) {
      next = { below: new Map() };
      here.below.set(name, next);
    }
    here = next;
  }
  return here;
}

/** Names that git takes in no tree: it could not tell where they end, or would write outside of the work tree. */
function isForbidden(name: string): boolean {
  return name === '' || name === '.' || name === '..' || name.includes('\0') || name.toLowerCase() === '.git';
}
