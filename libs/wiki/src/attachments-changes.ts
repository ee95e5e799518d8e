import { attachmentFile, attachmentName } from './attachment-path.js';
import type { ChangeDraft, Target } from './change-draft.js';
import { quoted } from '@lib/markdown';
import { pageOfFile, readablePath } from './page-path.js';
import { WikiError } from './wiki-errors.js';
import { fileExists } from './write-errors.js';
import type { Operated } from './write-page.js';

/** What a change of one file came to; `path` is the page. */
export type Filed = Operated & { filename: string };

interface Conditions {
  revision?: string;
  ifMatch?: string;
}

/** There is no such file on the page. */
export function attachmentNotFound(path: string, filename: string): WikiError {
  const sentence = `${quoted(path)} has no attachment ${quoted(filename)}.`;
  return new WikiError('attachment-not-found', sentence, { path, filename });
}

/** Puts a file into the folder of a page that exists. */
export async function attachFile(
  draft: ChangeDraft,
  wanted: { path: string; filename: string; bytes: Buffer; replace?: boolean } & Conditions,
): Promise<Filed> {
  const filename = attachmentName(wanted.filename);
  const { path } = await draft.existingPage(wanted.path);
  const target = await fileTarget(draft, attachmentFile(path, filename));
  await draft.match(target, wanted.ifMatch);
  await draft.requireCurrent(target, wanted.revision);
  if (target.now !== null && wanted.replace === false) throw fileExists(target.path);
  const created = target.now === null;
  const changed = target.now === null || !wanted.bytes.equals(await draft.tree.bytes(target.now));
  if (changed) await draft.tree.put(target.file, wanted.bytes);
  const revision = changed ? null : await draft.current(target);
  return { path, filename, created, changed, merged: false, revision };
}

/** Takes a file out of the folder of a page; its name may be one that only a push can give. */
export async function detachFile(
  draft: ChangeDraft,
  wanted: { path: string; filename: string } & Conditions,
): Promise<Filed> {
  const { filename } = wanted;
  const { path } = await draft.page(wanted.path);
  const target = await fileTarget(draft, readablePath(attachmentFile(path, filename)));
  if (target.now === null || pageOfFile(target.file) !== null) throw attachmentNotFound(path, filename);
  await draft.match(target, wanted.ifMatch);
  await draft.requireCurrent(target, wanted.revision);
  draft.tree.remove(target.file);
  return { path, filename, created: false, changed: true, merged: false, revision: null, gone: true };
}

async function fileTarget(draft: ChangeDraft, file: string): Promise<Target> {
  return { path: file, file, now: await draft.tree.file(file) };
}
