import { mayTouch, type Access } from '@lib/acl';
import type { Oid, Repository, TreeItem } from '@lib/git';
import type { DataSource } from 'typeorm';
import { attachFile, attachmentNotFound, detachFile, type Filed } from './attachments-changes.js';
import { mimeOf } from './attachments-mime.js';
import { GitBlobStore, type BlobStore } from './blob-store.js';
import { ChangeCommitter, type CommitterOptions, type Done } from './change-committer.js';
import { parseRevision } from './change-draft.js';
import { Idempotency } from './idempotency.js';
import { fileOf, pageOfFile, readablePath } from './page-path.js';
import { WikiError } from './wiki-errors.js';
import { pageNotFound } from './write-errors.js';
import type { WriteOptions, WriteResult } from './write-types.js';

/** A file of a page, in a list. */
export interface AttachmentRow {
  filename: string;
  size: number;
  mime: string;
  lastModified: Date | null;
}

type Attached = WriteResult & { filename: string; size: number; mime: string };

const fileModes = ['100644', '100755'];

/** The files of pages: those of page `A/B` are the files directly in the folder `A/B`, sub-pages left out. */
export class Attachments {
  private readonly database: DataSource;
  private readonly repositories: CommitterOptions['repositories'];
  private readonly blobs: BlobStore;
  private readonly committer: ChangeCommitter;
  private readonly idempotency: Idempotency;

  constructor(options: CommitterOptions & { blobs?: BlobStore }) {
    this.database = options.database;
    this.repositories = options.repositories;
    this.blobs = options.blobs ?? new GitBlobStore(options.repositories);
    this.committer = new ChangeCommitter(options);
    this.idempotency = new Idempotency(options.database);
  }

  /** The files of a page, by name. */
  async list(access: Access<'page.read'>, path: string): Promise<AttachmentRow[]> {
    const { repository, tip } = await this.newest(access, path);
    const page = await fileAt(repository, tip, fileOf(path));
    if (tip === null || page === null) throw pageNotFound(path);
    const items = (await repository.children(tip, path)).filter(isAttachment);
    const modified = await this.modified(access.wiki.id, items);
    const rows = items.map(async (item) => ({
      filename: item.path.slice(path.length + 1),
      size: await this.blobs.size(access.wiki.id, item.oid),
      mime: mimeOf(item.path),
      lastModified: modified.get(item.path) ?? null,
    }));
    return Promise.all(rows);
  }

  /** The bytes of a file, as they are now or were at a revision of the wiki. */
  async read(
    access: Access<'page.read'>,
    path: string,
    filename: string,
    revision?: string,
  ): Promise<{ bytes: Buffer; mime: string; blob: Oid; size: number }> {
    const file = readablePath(`${path}/${filename}`);
    const { repository, tip } = await this.newest(access, path);
    const commit = revision === undefined ? tip : await commitOf(repository, revision);
    const item = await fileAt(repository, commit, file);
    if (item === null || !isAttachment(item)) throw attachmentNotFound(path, filename);
    const bytes = await this.blobs.read(access.wiki.id, item.oid);
    return { bytes, mime: mimeOf(filename), blob: item.oid, size: bytes.length };
  }

  /** The bytes of any file that is no page, by its path, as they are now or were at a revision of the wiki. */
  async file(
    access: Access<'page.read'>,
    input: string,
    revision?: string,
  ): Promise<{ bytes: Buffer; mime: string; blob: Oid }> {
    const path = readablePath(input);
    const [folder, filename] = [
      path.slice(0, Math.max(path.lastIndexOf('/'), 0)),
      path.slice(path.lastIndexOf('/') + 1),
    ];
    const { repository, tip } = await this.newest(access, path);
    const commit = revision === undefined ? tip : await commitOf(repository, revision);
    const item = await fileAt(repository, commit, path);
    if (item === null || !isAttachment(item)) throw attachmentNotFound(folder, filename);
    return { bytes: await this.blobs.read(access.wiki.id, item.oid), mime: mimeOf(filename), blob: item.oid };
  }

  /** Attaches a file to a page, or replaces it; with `replace: false` one that is there is kept, and that is said. */
  write(
    access: Access<'file.write'>,
    file: { path: string; filename: string; bytes: Buffer; replace?: boolean } & WriteOptions,
  ): Promise<Attached> {
    const { idempotencyKey: key, dryRun, message, bytes, ...request } = file;
    const asked = { ...request, message, bytes: bytes.toString('base64') };
    return this.idempotency.once(access, { key: dryRun === true ? undefined : key, request: asked }, async (hash) => {
      const fallback = ({ path, filename }: Filed) => `Attach: ${path}/${filename}`;
      const order = { message, dryRun, key: hash, fallback };
      const kept = await this.blobs.keep(access.wiki.id, bytes);
      const done = await this.committer.commit(access, order, (draft) => attachFile(draft, { ...file, bytes: kept }));
      const { filename } = done.value;
      return { ...resultOf(done), filename, size: bytes.length, mime: mimeOf(filename) };
    });
  }

  /** Takes a file off a page; history keeps it. */
  remove(access: Access<'file.write'>, file: { path: string; filename: string } & WriteOptions): Promise<WriteResult> {
    const { idempotencyKey: key, dryRun, message, ...request } = file;
    const asked = { key: dryRun === true ? undefined : key, request: { ...request, message, op: 'detach' } };
    return this.idempotency.once(access, asked, async (hash) => {
      const fallback = ({ path, filename }: Filed) => `Detach: ${path}/${filename}`;
      const order = { message, dryRun, key: hash, fallback };
      return resultOf(await this.committer.commit(access, order, (draft) => detachFile(draft, file)));
    });
  }

  private async newest(access: Access, path: string): Promise<{ repository: Repository; tip: Oid | null }> {
    mayTouch(access, readablePath(path));
    const repository = await this.repositories.open(access.wiki.id);
    return { repository, tip: await repository.tip() };
  }

  private async modified(wiki: string, items: TreeItem[]): Promise<Map<string, Date>> {
    const sql = 'SELECT path, updated_at FROM files WHERE wiki = $1 AND path = ANY($2)';
    const paths = items.map(({ path }) => path);
    const rows: { path: string; updated_at: Date }[] = await this.database.query(sql, [wiki, paths]);
    return new Map(rows.map((row) => [row.path, row.updated_at]));
  }
}

const isAttachment = ({ path, mode }: TreeItem): boolean => fileModes.includes(mode) && pageOfFile(path) === null;

async function fileAt(repository: Repository, commit: Oid | null, path: string): Promise<TreeItem | null> {
  const item = commit === null ? null : await repository.entry(commit, path);
  return item !== null && fileModes.includes(item.mode) ? item : null;
}

async function commitOf(repository: Repository, revision: string): Promise<Oid> {
  const commit = await repository.findCommit(parseRevision(revision));
  if (commit === null) throw new WikiError('revision-not-found', `There is no revision ${revision} in this wiki.`);
  return commit;
}

function resultOf({ value, commit, diff }: Done<Filed>): WriteResult {
  const { path, created, changed, revision, gone } = value;
  const now = changed ? commit : revision;
  const result = { path, revision: gone === true ? null : now, commit: changed ? commit : null };
  return { ...result, created, changed, merged: false, ...(diff !== undefined && { diff }) };
}
