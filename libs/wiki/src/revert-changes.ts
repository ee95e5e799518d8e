import { mayTouch } from '@lib/acl';
import { hashObject, merge3, type Oid } from '@lib/git';
import type { ChangeDraft } from './change-draft.js';
import { fileText, storedBytes } from './change-text.js';
import type { ChangedFile } from './change-tree.js';
import { pageOfFile } from './page-path.js';
import type { TouchedFile } from './revert-rows.js';

/** Why a file cannot be made again what it was before a commit. */
export type RevertHindrance =
  /** The same lines were changed since, or it is no text. */
  | 'changed'
  /** It was deleted since. */
  | 'gone'
  /** It has another name since. */
  | 'moved'
  /** At the place where it was is something else now. */
  | 'taken';

/** A page or file that a commit touched and that stays as it is. */
export interface RevertConflict {
  path: string;
  isPage: boolean;
  /** What it is called now. */
  now: string;
  why: RevertHindrance;
}

/** A commit that is to be taken back. */
export interface Reverting {
  files: readonly TouchedFile[];
  /** What it was made on. */
  parent: Oid | null;
  nameNow: (path: string) => Promise<string>;
}

type Content = { bytes: Buffer } | { oid: Oid; mode: string };
type Step =
  | { kind: 'none' }
  | { kind: 'remove'; path: string }
  | { kind: 'content'; path: string; content: Content; movedFrom?: string }
  | { kind: 'conflict'; conflict: RevertConflict };

const none: Step = { kind: 'none' };
const fileModes = ['100644', '100755'];

/** Takes back what a commit did, as far as nothing else was written there since; tells what is left. */
export async function takeBack(
  draft: ChangeDraft,
  reverting: Reverting,
): Promise<{ done: string[]; conflicts: RevertConflict[] }> {
  const moved = new Set(reverting.files.flatMap(({ from_path: from }) => from ?? []));
  const plan = new RevertPlan(draft, reverting);
  const steps: Step[] = [];
  for (const file of reverting.files) {
    mayTouch(draft.access, pageOfFile(file.path) ?? file.path);
    // What a rename took away comes back with it.
    if (file.kind !== 'remove' || !moved.has(file.path)) steps.push(await plan.stepFor(file));
  }
  return apply(draft, steps);
}

async function apply(draft: ChangeDraft, steps: readonly Step[]) {
  const done: string[] = [];
  const conflicts = steps.flatMap((step) => (step.kind === 'conflict' ? [step.conflict] : []));
  const contents = steps.filter((step) => step.kind === 'content');
  const moves = new Map(
    contents.flatMap(({ movedFrom, path }) => (movedFrom === undefined ? [] : [[movedFrom, path]])),
  );
  await draft.tree.moveAll(moves);
  for (const [from, to] of moves) {
    const [page, target] = [pageOfFile(from), pageOfFile(to)];
    if (page !== null && target !== null) draft.moves.push({ from: page, to: target });
  }
  for (const step of steps) {
    if (step.kind === 'none' || step.kind === 'conflict') continue;
    if (step.kind === 'remove') draft.tree.remove(step.path);
    else if ('bytes' in step.content) await draft.tree.put(step.path, step.content.bytes);
    else draft.tree.place(step.path, step.content);
    done.push(pageOfFile(step.path) ?? step.path);
  }
  return { done, conflicts };
}

/** Finds out what has to be done to each file. */
class RevertPlan {
  /** What other steps move away, so that its place is free. */
  private readonly leaving: ReadonlySet<string>;

  constructor(
    private readonly draft: ChangeDraft,
    private readonly reverting: Reverting,
  ) {
    this.leaving = new Set(reverting.files.flatMap(({ kind, path }) => (kind === 'rename' ? [path] : [])));
  }

  async stepFor(file: TouchedFile): Promise<Step> {
    const { path, new_blob: after, old_blob: before } = file;
    if (after === null) return before === null ? none : this.bringBack(path, before);
    const there = await this.draft.tree.file(path);
    const at = there?.oid === after ? path : await this.reverting.nameNow(path);
    const now = at === path ? there : await this.draft.tree.file(at);
    if (before === null) return now === null ? none : takeAway(file, at, now);
    if (now === null) return conflict(path, at, 'gone');
    const from = file.from_path ?? path;
    if (from !== path) return this.moveBack(file, { from, at, now }, before);
    const content = await this.contentBefore({ after, before, old: from }, now);
    if (content === null) return conflict(path, at, 'changed');
    const oid = 'oid' in content ? content.oid : hashObject('blob', content.bytes);
    return oid === now.oid ? none : { kind: 'content', path: at, content };
  }

  private async bringBack(path: string, before: Oid): Promise<Step> {
    const now = await this.draft.tree.file(path);
    if (now?.oid === before) return none;
    if (now !== null || (await this.draft.tree.before(path)) !== null) return conflict(path, path, 'taken');
    const mode = await this.modeBefore(path, before);
    return mode === null ? conflict(path, path, 'changed') : { kind: 'content', path, content: { oid: before, mode } };
  }

  private async moveBack(
    file: TouchedFile,
    { from, at, now }: { from: string; at: string; now: ChangedFile },
    before: Oid,
  ): Promise<Step> {
    if (at !== file.path) return conflict(file.path, at, 'moved');
    mayTouch(this.draft.access, pageOfFile(from) ?? from);
    const isTaken = !this.leaving.has(from) && (await this.draft.tree.before(from)) !== null;
    if (isTaken) return conflict(file.path, at, 'taken');
    const content = await this.contentBefore({ after: file.new_blob ?? '', before, old: from }, now);
    if (content === null) return conflict(file.path, at, 'changed');
    return { kind: 'content', path: from, content, movedFrom: at };
  }

  /** What a file is without the change; null when later changes are in the way. */
  private async contentBefore(
    { after, before, old }: { after: Oid; before: Oid; old: string },
    now: ChangedFile,
  ): Promise<Content | null> {
    if (now.oid === after || now.oid === before) {
      const mode = await this.modeBefore(old, before);
      return mode === null ? null : { oid: before, mode };
    }
    const { objects } = this.draft.tree;
    const [base, ours, theirs] = await Promise.all([
      objects.blob(after),
      this.draft.tree.bytes(now),
      objects.blob(before),
    ]).then((all) => all.map(fileText));
    if (base === undefined || ours === undefined || theirs === undefined) return null;
    const merged = merge3(base, ours, theirs);
    return merged.clean ? { bytes: storedBytes(merged.text) } : null;
  }

  /** The mode a file had; null for what was no regular file. */
  private async modeBefore(path: string, blob: Oid): Promise<string | null> {
    const { parent } = this.reverting;
    const item = parent === null ? null : await this.draft.tree.objects.entry(parent, path);
    if (item?.oid !== blob) return '100644';
    return fileModes.includes(item.mode) ? item.mode : null;
  }
}

const takeAway = ({ path, new_blob: after }: TouchedFile, at: string, now: ChangedFile): Step =>
  now.oid === after ? { kind: 'remove', path: at } : conflict(path, at, 'changed');

function conflict(file: string, at: string, why: RevertHindrance): Step {
  const [page, now] = [pageOfFile(file), pageOfFile(at) ?? at];
  return { kind: 'conflict', conflict: { path: page ?? file, isPage: page !== null, now, why } };
}
