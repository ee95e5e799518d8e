import { mayTouch } from '@lib/acl';
import type { Oid } from '@lib/git';
import { filePath } from './attachment-path.js';
import { attachmentNotFound } from './attachments-changes.js';
import type { ChangeDraft, Target } from './change-draft.js';
import { quoted } from '@lib/markdown';
import { notAllowed, pageOfFile, readablePath } from './page-path.js';
import { RenamedLinks } from './rename-links.js';
import { WikiError } from './wiki-errors.js';
import { fileExists } from './write-errors.js';
import type { RenameLinks } from './write-types.js';

/** Whoever pastes more pictures of one name into one page has to name them. */
const mostOfOneName = 200;

/** What a change of one file came to. */
export interface FileChanged {
  path: string;
  created: boolean;
  changed: boolean;
  /** The pages in which links were rewritten. */
  updatedPages: string[];
}

/** Puts bytes at a path; what is there stays unless it is to be replaced. */
export async function putFile(
  draft: ChangeDraft,
  wanted: { path: string; bytes: Buffer; replace: boolean; ifMatch?: string | undefined },
): Promise<FileChanged> {
  const target = await fileAt(draft, wanted.path);
  if (target.now === null) filePath(target.path);
  await draft.match(target, wanted.ifMatch);
  if (target.now !== null && !wanted.replace) throw fileExists(target.path);
  return { ...(await store(draft, target, wanted.bytes)), updatedPages: [] };
}

/** Puts bytes beside what is there: one of the same name with other bytes stays, and this one gets a number. */
export async function addFile(draft: ChangeDraft, wanted: { path: string; bytes: Buffer }): Promise<FileChanged> {
  const [, stem = '', ending = ''] = /^(.*?[^/])(\.[^./]*)?$/s.exec(wanted.path) ?? [];
  for (let number = 1; number <= mostOfOneName; number += 1) {
    const target = await fileAt(draft, number === 1 ? wanted.path : `${stem}-${number}${ending}`);
    if (target.now === null) filePath(target.path);
    else if (!wanted.bytes.equals(await draft.tree.bytes(target.now))) continue;
    return { ...(await store(draft, target, wanted.bytes)), updatedPages: [] };
  }
  throw fileExists(wanted.path);
}

/** Gives a file the bytes it had once, also when it was deleted since. */
export async function restoreFile(
  draft: ChangeDraft,
  wanted: { path: string; blob: Oid; ifMatch?: string | undefined },
): Promise<FileChanged> {
  const target = await fileAt(draft, wanted.path);
  await draft.match(target, wanted.ifMatch);
  return { ...(await store(draft, target, await draft.tree.objects.blob(wanted.blob))), updatedPages: [] };
}

/** Gives a file another path, and rewrites the links to it; without `links` no page is touched. */
export async function moveFile(
  draft: ChangeDraft,
  wanted: { path: string; newPath: string; ifMatch?: string | undefined },
  links: RenameLinks | null,
): Promise<FileChanged> {
  const source = await existingFile(draft, wanted.path);
  await draft.match(source, wanted.ifMatch);
  const path = filePath(wanted.newPath);
  mayTouch(draft.access, path);
  if (path === source.path) {
    throw new WikiError('nothing-to-change', 'The file has this path already: nothing would change.');
  }
  if ((await draft.tree.file(path)) !== null) throw fileExists(path);
  const before = links === null ? null : await RenamedLinks.look(draft, [], links);
  await draft.tree.move(source.file, path);
  const updatedPages = (await before?.rewrite({ pages: new Map(), files: new Map([[source.file, path]]) })) ?? [];
  return { path, created: false, changed: true, updatedPages };
}

/** Takes a file out of the wiki; its name may be one that only a push can give. */
export async function removeFile(
  draft: ChangeDraft,
  wanted: { path: string; ifMatch?: string | undefined },
): Promise<FileChanged> {
  const target = await existingFile(draft, wanted.path);
  await draft.match(target, wanted.ifMatch);
  draft.tree.remove(target.file);
  return { path: target.path, created: false, changed: true, updatedPages: [] };
}

async function store(draft: ChangeDraft, { path, file, now }: Target, bytes: Buffer) {
  const changed = now === null || !bytes.equals(await draft.tree.bytes(now));
  if (changed) await draft.tree.put(file, bytes);
  return { path, created: now === null, changed };
}

/** A file by the name it was pushed under, else in NFC. */
async function fileAt(draft: ChangeDraft, input: string): Promise<Target> {
  readablePath(input);
  if (pageOfFile(input) !== null) throw notAllowed(input, 'file path', 'a file ending in .md is a page');
  for (const path of new Set([input, input.normalize('NFC')])) {
    mayTouch(draft.access, path);
    const now = await draft.tree.file(path);
    if (now !== null) return { path, file: path, now };
  }
  const path = input.normalize('NFC');
  return { path, file: path, now: null };
}

async function existingFile(draft: ChangeDraft, path: string): Promise<Target> {
  const target = await fileAt(draft, path);
  if (target.now === null) throw fileNotFound(path);
  return target;
}

/** There is no such file in the wiki. */
export function fileNotFound(path: string): WikiError {
  const cut = path.lastIndexOf('/');
  if (cut !== -1) return attachmentNotFound(path.slice(0, cut), path.slice(cut + 1));
  return new WikiError('attachment-not-found', `There is no file ${quoted(path)}.`, { path });
}
