import { mayTouch } from '@lib/acl';
import { quoted } from '@lib/markdown';
import type { ChangeDraft } from './change-draft.js';
import { fileOf, notAllowed, pageOfFile, pagePath, readablePath, sizeFault } from './page-path.js';
import type { Moving } from './rename-link-move.js';
import { RenamedLinks } from './rename-links.js';
import { WikiError } from './wiki-errors.js';
import { movedOn, pageExists, pageNotFound } from './write-errors.js';
import type { RenameLinks } from './write-types.js';

/** What became of a folder. */
export interface FolderChanged {
  path: string;
  /** The pages that were moved or deleted, by their old paths. */
  pages: string[];
  files: string[];
  /** The other pages in which links were rewritten. */
  updatedPages: string[];
}

/** So many files one change takes to another place or away. */
const most = 2_000;
const regularModes = ['100644', '100755'];

/** Moves the page of this path and everything below it. */
export async function moveFolder(
  draft: ChangeDraft,
  wanted: { path: string; newPath: string },
  links: RenameLinks | null,
): Promise<FolderChanged> {
  const folder = await existingFolder(draft, wanted.path);
  const target = pagePath(wanted.newPath);
  mayTouch(draft.access, target);
  if (target === folder.path) {
    throw new WikiError('nothing-to-change', 'The folder has this path already: nothing would change.');
  }
  if (target.startsWith(`${folder.path}/`)) throw notAllowed(target, 'new path', 'a folder cannot be put into itself');
  const moves = new Map(folder.files.map((file) => [file, target + file.slice(folder.path.length)]));
  await refuseTaken(draft, moves);
  const moving = movingOf(moves);
  const before = links === null ? null : await RenamedLinks.look(draft, [...moving.pages.keys()], links);
  await draft.tree.moveAll(moves);
  for (const [from, to] of moving.pages) draft.moves.push({ from, to });
  const updatedPages = (await before?.rewrite(moving)) ?? [];
  return { path: target, pages: [...moving.pages.keys()], files: [...moving.files.keys()], updatedPages };
}

/** Deletes the page of this path and everything below it, unless some of that changed since `revision`. */
export async function removeFolder(
  draft: ChangeDraft,
  wanted: { path: string; revision?: string },
): Promise<FolderChanged> {
  const { path, files } = await existingFolder(draft, wanted.path);
  if (wanted.revision !== undefined) {
    for (const file of files) await requireSame(draft, file, wanted.revision);
  }
  for (const file of files) draft.tree.remove(file);
  const { pages, files: others } = movingOf(new Map(files.map((file) => [file, file])));
  return { path, pages: [...pages.keys()], files: [...others.keys()], updatedPages: [] };
}

/** The files of a page and of everything below it, in the order of their paths. */
async function existingFolder(draft: ChangeDraft, input: string): Promise<{ path: string; files: string[] }> {
  readablePath(input);
  const { tree } = draft;
  for (const path of new Set([input, input.normalize('NFC')])) {
    mayTouch(draft.access, path);
    const below = tree.tip === null ? [] : await tree.objects.walk(tree.tip, path);
    const items = below.filter((item) => item.path !== path);
    const page = await tree.before(fileOf(path));
    const found = page === null ? items : [page, ...items];
    if (found.length === 0) continue;
    if (found.length > most) throw tooMany(path, found.length);
    const odd = found.find(({ mode }) => !regularModes.includes(mode));
    if (odd !== undefined)
      throw notAllowed(odd.path, 'path', 'a link to elsewhere is there, which only a push can move');
    return { path, files: found.map((item) => item.path) };
  }
  throw pageNotFound(input.normalize('NFC'));
}

async function refuseTaken({ tree }: ChangeDraft, moves: ReadonlyMap<string, string>): Promise<void> {
  for (const to of moves.values()) {
    const fault = sizeFault(to);
    if (fault !== null) throw notAllowed(to, 'path', fault);
    if (moves.has(to) || (await tree.file(to)) === null) continue;
    const page = pageOfFile(to);
    if (page !== null) throw pageExists(page);
    throw new WikiError('page-exists', `There is a file ${quoted(to)} already.`, { path: to });
  }
}

async function requireSame(draft: ChangeDraft, file: string, revision: string): Promise<void> {
  const path = pageOfFile(file) ?? file;
  const standing = await draft.standing({ path, file, now: await draft.tree.file(file) }, revision);
  if (standing.stale) throw movedOn(path, standing.current, 'has changed since you looked at the folder');
}

function movingOf(moves: ReadonlyMap<string, string>): Moving {
  const [pages, files] = [new Map<string, string>(), new Map<string, string>()];
  for (const [from, to] of moves) {
    const [page, target] = [pageOfFile(from), pageOfFile(to)];
    if (page === null || target === null) files.set(from, to);
    else pages.set(page, target);
  }
  return { pages, files };
}

const tooMany = (path: string, count: number): WikiError =>
  new WikiError(
    'batch-too-large',
    `${quoted(path)} holds ${count} pages and files; at most ${most} are moved or deleted at once. Take a part of it first.`,
    { limit: most, count },
  );
