import { type Access, mayTouch, reaches } from '@lib/acl';
import type { Backlinks } from './backlinks.js';
import { ChangeCommitter, type CommitterOptions, type Done, type Work } from './change-committer.js';
import { moveFolder, removeFolder, type FolderChanged } from './folder-changes.js';
import { Parameters, withinReach } from './keyword-reach.js';
import { fileOf, pageOfFile, readablePath } from './page-path.js';
import type { LinkStyle, RenameLinks } from './write-types.js';

/** What is in a folder, and who links to it from elsewhere. */
export interface FolderContents {
  /** The pages below it, and the page of its own name if there is one. */
  pages: string[];
  files: string[];
  /** The pages elsewhere that link to one of these. */
  linkedFrom: string[];
  /** The commit of the wiki that was looked at; null for a wiki that has none. */
  revision: string | null;
}

/** What became of a folder, and by which commit. */
export type FolderResult = FolderChanged & { commit: string | null; diff?: string };

/** Both rights that deleting pages with their files takes. */
export interface PagesAndFiles {
  pages: Access<'page.write'>;
  files: Access<'file.write'>;
}

interface Options {
  message?: string;
  dryRun?: boolean;
}

const mostListed = 500;

/** Folders of pages: what is in them, and changes of all of that as one commit. */
export class Folders {
  private readonly committer: ChangeCommitter;
  private readonly links: RenameLinks;

  constructor(private readonly given: CommitterOptions & { settings: LinkStyle; lookup: Backlinks }) {
    this.committer = new ChangeCommitter(given);
    this.links = { style: given.settings, lookup: given.lookup };
  }

  /** What a change of the folder would touch; of a path that is no folder, nothing. */
  async contents(access: Access<'page.read'>, path: string): Promise<FolderContents> {
    mayTouch(access, readablePath(path));
    const repository = await this.given.repositories.open(access.wiki.id);
    const revision = await repository.tip();
    if (revision === null) return { pages: [], files: [], linkedFrom: [], revision };
    const below = (await repository.walk(revision, path)).map((item) => item.path).filter((file) => file !== path);
    const own = await repository.entry(revision, fileOf(path));
    const pages = [...(own === null ? [] : [path]), ...below.flatMap((file) => pageOfFile(file) ?? [])];
    const linkers = await this.given.lookup.linkers(access.wiki.id, pages);
    const linkedFrom = linkers.filter((page) => !pages.includes(page) && reaches(access, page));
    return { pages, files: below.filter((file) => pageOfFile(file) === null), linkedFrom, revision };
  }

  /** The folders there are pages in, by name. */
  async names(access: Access<'page.read'>): Promise<string[]> {
    const parameters = new Parameters();
    const within = withinReach(access, 'p', parameters);
    const rows = await this.given.database.query<{ folder: string }[]>(
      `WITH RECURSIVE folders AS (
         SELECT DISTINCT regexp_replace(p.path, '/[^/]*$', '') AS folder FROM pages p
         WHERE ${within} AND p.path LIKE '%/%'
         UNION SELECT regexp_replace(folder, '/[^/]*$', '') FROM folders WHERE folder LIKE '%/%'
       ) SELECT folder FROM folders ORDER BY folder LIMIT ${mostListed}`,
      parameters.values,
    );
    return rows.map(({ folder }) => folder).filter((folder) => reaches(access, folder));
  }

  /** Moves a page with everything below it, and rewrites the links to all of that. */
  async move(
    access: Access<'page.write'>,
    move: { path: string; newPath: string; links?: boolean } & Options,
  ): Promise<FolderResult> {
    const { path, newPath, links, ...options } = move;
    const fallback = () => `Rename: ${path}/ -> ${newPath}/`;
    const work: Work<FolderChanged> = (draft) => moveFolder(draft, move, links === false ? null : this.links);
    return resultOf(await this.committer.commit(access, { ...options, fallback }, work));
  }

  /** Deletes a page with everything below it, files too, unless some of that changed since `revision`. */
  async remove({ pages }: PagesAndFiles, folder: { path: string; revision?: string } & Options): Promise<FolderResult> {
    const { path, revision: _, ...options } = folder;
    const fallback = () => `Delete: ${path}/`;
    return resultOf(
      await this.committer.commit(pages, { ...options, fallback }, (draft) => removeFolder(draft, folder)),
    );
  }
}

const resultOf = ({ value, commit, diff }: Done<FolderChanged>): FolderResult => ({
  ...value,
  commit,
  ...(diff !== undefined && { diff }),
});
