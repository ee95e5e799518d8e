import { parseRevision, type ChangeDraft, type Target } from './change-draft.js';
import { storedBytes } from './change-text.js';
import type { ChangedFile } from './change-tree.js';
import { appendText, editUnique } from './edits.js';
import { replaceSection } from './sections.js';
import { revisionRequired } from './write-errors.js';
import { changeText, type Texted } from './write-text.js';
import { WikiError } from './wiki-errors.js';

/** What one operation came to; the revision of an unchanged page, null for the commit that is to come. */
export interface Operated extends Texted {
  path: string;
  created: boolean;
  /** Of a page that stays as it was. */
  revision: string | null;
  updatedPages?: string[];
  /** The page was deleted. */
  gone?: true;
}

interface Conditions {
  revision?: string;
  ifMatch?: string;
}

/** Creates a page, or replaces the one whose revision was read. */
export async function writePage(
  draft: ChangeDraft,
  wanted: { path: string; content: string; bytes?: Buffer; merge?: boolean } & Conditions,
): Promise<Operated> {
  const bytes = wanted.bytes ?? storedBytes(wanted.content);
  const { revision, ifMatch } = wanted;
  if (revision !== undefined) parseRevision(revision);
  const target = await draft.page(wanted.path);
  await draft.match(target, ifMatch);
  if (target.now === null) return createPage(draft, { ...wanted, path: target.path }, bytes);
  const isMade = (await draft.tree.origin(target.file)) === null;
  if (revision === undefined && ifMatch === undefined && !isMade) throw revisionRequired(target.path);
  return operated(draft, target, await replace(draft, { ...target, now: target.now }, wanted, bytes));
}

async function createPage(
  draft: ChangeDraft,
  { path, revision }: { path: string; revision?: string },
  bytes: Buffer,
): Promise<Operated> {
  const target = draft.newPage(path);
  if (revision !== undefined) await draft.requireCurrent(target, revision);
  await draft.tree.put(target.file, bytes);
  return { path: target.path, created: true, changed: true, merged: false, revision: null };
}

async function replace(
  draft: ChangeDraft,
  target: Target & { now: ChangedFile },
  { content, revision, merge }: { content: string; revision?: string; merge?: boolean },
  bytes: Buffer,
): Promise<Texted> {
  const standing = await draft.standing(target, revision);
  // Also with an old revision: what was asked for is there.
  if (bytes.equals(await draft.tree.bytes(target.now))) return { changed: false, merged: false };
  if (standing.stale) return changeText(draft, target, standing, { merge, apply: () => content });
  await draft.tree.put(target.file, bytes);
  return { changed: true, merged: false };
}

/** Replaces the one occurrence of a text. */
export async function editPage(
  draft: ChangeDraft,
  wanted: { path: string; revision: string; oldString: string; newString: string; merge?: boolean; ifMatch?: string },
): Promise<Operated> {
  const { revision, oldString, newString, merge } = wanted;
  checkEdit(wanted);
  const target = await draft.existingPage(wanted.path);
  await draft.match(target, wanted.ifMatch);
  const apply = (text: string) => editUnique(text, oldString, newString);
  const reapply = (text: string) => {
    const isOnce = text.includes(oldString) && text.indexOf(oldString) === text.lastIndexOf(oldString);
    return isOnce ? apply(text) : null;
  };
  return operated(
    draft,
    target,
    await changeText(draft, target, await draft.standing(target, revision), { merge, apply, reapply }),
  );
}

/** What can be said of an edit without looking at the page. */
function checkEdit({
  revision,
  oldString,
  newString,
}: {
  revision: string;
  oldString: string;
  newString: string;
}): void {
  parseRevision(revision);
  storedBytes(newString);
  if (oldString === '') throw new WikiError('edit-not-found', 'old_string must not be empty.');
  if (oldString === newString) {
    throw new WikiError('edit-identical', 'old_string and new_string are identical: nothing would change.');
  }
}

/** Puts text at the end of a page, whatever was written there meanwhile. */
export async function appendToPage(
  draft: ChangeDraft,
  wanted: { path: string; content: string } & Conditions,
): Promise<Operated> {
  storedBytes(wanted.content);
  if (wanted.revision !== undefined) parseRevision(wanted.revision);
  const target = await draft.existingPage(wanted.path);
  await draft.match(target, wanted.ifMatch);
  const apply = (text: string) => appendText(text, wanted.content);
  const standing = await draft.standing(target, wanted.revision);
  return operated(draft, target, await changeText(draft, target, standing, { apply, reapply: apply }));
}

/** Replaces what stands under a heading. */
export async function replacePageSection(
  draft: ChangeDraft,
  wanted: { path: string; section: string; content: string; merge?: boolean } & Conditions,
): Promise<Operated> {
  const { revision, merge } = wanted;
  storedBytes(wanted.content);
  if (revision !== undefined) parseRevision(revision);
  const target = await draft.existingPage(wanted.path);
  await draft.match(target, wanted.ifMatch);
  const apply = (text: string) => replaceSection(text, wanted.section, wanted.content);
  return operated(
    draft,
    target,
    await changeText(draft, target, await draft.standing(target, revision), { merge, apply }),
  );
}

/** Deletes a page; its attachments and sub-pages stay. */
export async function removePage(draft: ChangeDraft, wanted: { path: string } & Conditions): Promise<Operated> {
  if (wanted.revision !== undefined) parseRevision(wanted.revision);
  const target = await draft.existingPage(wanted.path);
  await draft.match(target, wanted.ifMatch);
  await draft.requireCurrent(target, wanted.revision);
  draft.tree.remove(target.file);
  return { path: target.path, created: false, changed: true, merged: false, revision: null, gone: true };
}

async function operated(draft: ChangeDraft, target: Target, texted: Texted): Promise<Operated> {
  const revision = texted.changed ? null : await draft.current(target);
  return { path: target.path, created: false, revision, ...texted };
}
