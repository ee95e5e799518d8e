import { type Access, mayTouch } from '@lib/acl';
import { GitBlobStore, type BlobStore } from './blob-store.js';
import { ChangeCommitter, type CommitterOptions, type Done } from './change-committer.js';
import { addFile, type FileChanged, fileNotFound, moveFile, putFile, removeFile, restoreFile } from './file-changes.js';
import { pageOfFile, readablePath } from './page-path.js';
import { requireRevision } from './revisions.js';
import type { LinkStyle, PageLinks, RenameLinks } from './write-types.js';

type Writing = Access<'file.write'>;

/** What every change of a file may be bound to. */
interface Bound {
  /** The blob that was seen at the path. */
  ifMatch?: string | undefined;
  message?: string | undefined;
}

/** What became of a change of a file. */
export interface FileWritten extends FileChanged {
  /** The commit that was made; null when none was needed. */
  commit: string | null;
}

/** Changes of files by their paths in the wiki, whether or not they belong to a page. */
export class FileWriter {
  private readonly repositories: CommitterOptions['repositories'];
  private readonly committer: ChangeCommitter;
  private readonly blobs: BlobStore;
  private readonly links: RenameLinks;

  constructor(options: CommitterOptions & { settings: LinkStyle; lookup: PageLinks; blobs?: BlobStore }) {
    this.repositories = options.repositories;
    this.committer = new ChangeCommitter(options);
    this.blobs = options.blobs ?? new GitBlobStore(options.repositories);
    this.links = { style: options.settings, lookup: options.lookup };
  }

  /** Puts a file at a path; one that is there already is only replaced when that is wanted. */
  async put(access: Writing, file: { path: string; bytes: Buffer; replace: boolean } & Bound): Promise<FileWritten> {
    const bytes = await this.blobs.keep(access.wiki.id, file.bytes);
    const order = { message: file.message, fallback: ({ path }: FileChanged) => `Attach: ${path}` };
    return written(await this.committer.commit(access, order, (draft) => putFile(draft, { ...file, bytes })));
  }

  /** Puts a file beside those that are there; where its name is taken by other bytes, under a name with a number. */
  async add(access: Writing, file: { path: string; bytes: Buffer } & Bound): Promise<FileWritten> {
    const bytes = await this.blobs.keep(access.wiki.id, file.bytes);
    const order = { message: file.message, fallback: ({ path }: FileChanged) => `Attach: ${path}` };
    return written(await this.committer.commit(access, order, (draft) => addFile(draft, { ...file, bytes })));
  }

  /** Gives a file another path, with the links to it unless they are to stay. */
  async move(access: Writing, move: { path: string; newPath: string; links?: boolean } & Bound): Promise<FileWritten> {
    const links = move.links === false ? null : this.links;
    const fallback = ({ path }: FileChanged) => `Rename: ${move.path} -> ${path}`;
    const order = { message: move.message, fallback };
    return written(await this.committer.commit(access, order, (draft) => moveFile(draft, move, links)));
  }

  /** Takes a file out of the wiki; history keeps it. */
  async remove(access: Writing, file: { path: string } & Bound): Promise<FileWritten> {
    const order = { message: file.message, fallback: ({ path }: FileChanged) => `Detach: ${path}` };
    return written(await this.committer.commit(access, order, (draft) => removeFile(draft, file)));
  }

  /** Makes a file again what it was at a revision, also when it was deleted since; `was` is what it was called then. */
  async restore(
    access: Writing,
    { path, revision, was = path, ...bound }: { path: string; revision: string; was?: string | undefined } & Bound,
  ): Promise<FileWritten> {
    mayTouch(access, readablePath(path));
    mayTouch(access, readablePath(was));
    const repository = await this.repositories.open(access.wiki.id);
    const commit = await requireRevision(repository, revision);
    const item = pageOfFile(was) === null ? await repository.entry(commit, was) : null;
    if (item === null || !item.mode.startsWith('100')) throw fileNotFound(was);
    const fallback = ({ path: to }: FileChanged) => `Restore: ${to} as of ${commit.slice(0, 8)}`;
    const order = { message: bound.message, fallback };
    const wanted = { path, blob: item.oid, ...bound };
    return written(await this.committer.commit(access, order, (draft) => restoreFile(draft, wanted)));
  }
}

const written = ({ value, commit }: Done<FileChanged>): FileWritten => ({
  ...value,
  commit: value.changed ? commit : null,
});
