import { parseRevision, type ChangeDraft } from './change-draft.js';
import { attachmentFile } from './attachment-path.js';
import { fileOf, pageOfFile } from './page-path.js';
import { RenamedLinks } from './rename-links.js';
import { WikiError } from './wiki-errors.js';
import { pageExists } from './write-errors.js';
import type { Operated } from './write-page.js';
import type { RenameLinks } from './write-types.js';

/** Moves a page with the files of its folder; sub-pages stay. Without `links` no other page is touched. */
export async function renamePage(
  draft: ChangeDraft,
  wanted: { path: string; newPath: string; revision?: string; ifMatch?: string },
  links: RenameLinks | null,
): Promise<Operated> {
  if (wanted.revision !== undefined) parseRevision(wanted.revision);
  const source = await draft.existingPage(wanted.path);
  await draft.match(source, wanted.ifMatch);
  await draft.requireCurrent(source, wanted.revision);
  const target = draft.newPage(wanted.newPath);
  if (target.path === source.path) {
    throw new WikiError('nothing-to-change', 'The page has this path already: nothing would change.');
  }
  if ((await draft.tree.file(target.file)) !== null) throw pageExists(target.path);
  const before = links === null ? null : await RenamedLinks.look(draft, [source.path], links);
  const files = await moveFiles(draft, source.path, target.path);
  await draft.tree.move(source.file, target.file);
  draft.moves.push({ from: source.path, to: target.path });
  const updatedPages = (await before?.rewrite({ pages: new Map([[source.path, target.path]]), files })) ?? [];
  return { path: target.path, created: false, changed: true, merged: false, revision: null, updatedPages };
}

/** Moves the attachments of a page; gives their old and new files. */
async function moveFiles(draft: ChangeDraft, from: string, to: string): Promise<Map<string, string>> {
  const moved = new Map<string, string>();
  for (const { path } of await draft.tree.filesIn(from)) {
    if (pageOfFile(path) !== null || path === fileOf(from)) continue;
    const target = attachmentFile(to, path.slice(from.length + 1));
    if ((await draft.tree.file(target)) !== null) {
      throw new WikiError('page-exists', `${target} is there already, so the attachments cannot move there.`, {
        path: target,
      });
    }
    await draft.tree.move(path, target);
    moved.set(path, target);
  }
  return moved;
}
