import { type Access, mayTouch, type UserId } from '@lib/acl';
import type { Repositories } from '@lib/git';
import type { DataSource } from 'typeorm';
import { mimeOf } from './attachments-mime.js';
import { type BlobStore, GitBlobStore } from './blob-store.js';
import type { Catalogue } from './catalogue.js';
import { type ChangeInfo, ChangeInfos } from './change-info.js';
import { cursorOf, placeOf } from './cursors.js';
import { fileNotFound } from './file-changes.js';
import { pagesUsing } from './file-links.js';
import { type FileFilter, listFiles } from './file-list.js';
import { fileTrail } from './file-trail.js';
import { pageOfFile, readablePath } from './page-path.js';
import { requireRevision } from './revisions.js';

interface Given {
  database: DataSource;
  repositories: Repositories;
  catalogue: Catalogue;
  usernames: (ids: readonly UserId[]) => Promise<Map<UserId, string>>;
  blobs?: BlobStore;
}

/** A file that is no page, in a list. */
export interface FileRow {
  path: string;
  blob: string;
  size: number;
  mime: string;
  /** The page in whose folder it lies; null when there is no such page. */
  page: string | null;
  /** What was done to it last. */
  change: ChangeInfo;
  /** The pages that show it or link to it. */
  usedBy: string[];
}

/** A file as it was after some change of it; blob and size are null where it was deleted. */
export interface FileRevision {
  change: ChangeInfo;
  kind: 'add' | 'change' | 'remove' | 'rename';
  path: string;
  blob: string | null;
  size: number | null;
  mime: string;
}

/** Tells of the files of a wiki that are no pages: which there are, who uses them, and what happened to them. */
export class Files {
  private readonly infos: ChangeInfos;
  private readonly blobs: BlobStore;

  constructor(private readonly given: Given) {
    this.infos = new ChangeInfos(given);
    this.blobs = given.blobs ?? new GitBlobStore(given.repositories);
  }

  /** One part of the files, by their paths. */
  async list(
    access: Access<'page.read'>,
    filter: FileFilter,
  ): Promise<{ files: FileRow[]; total: number; next: string | null; behind: number }> {
    const { database, catalogue } = this.given;
    const { behind } = await catalogue.fresh(access.wiki.id);
    const { rows, total, next } = await listFiles(database, access, filter);
    const paths = rows.map(({ path }) => path);
    const [changes, users] = await Promise.all([this.infos.of(access, rows), pagesUsing(database, access, paths)]);
    const files = rows.map(async ({ path, blob, has_page: hasPage }, at) => ({
      ...{ path, blob, mime: mimeOf(path), change: changes[at] },
      size: await this.blobs.size(access.wiki.id, blob),
      page: hasPage ? path.slice(0, path.lastIndexOf('/')) : null,
      usedBy: users.get(path) ?? [],
    }));
    return { files: await Promise.all(files), total, next, behind };
  }

  /** Which bytes are at a path, as they are or as they were at a revision; null when there is no file. */
  async find(
    access: Access<'page.read'>,
    input: string,
    revision?: string,
  ): Promise<{ blob: string; size: number; mime: string } | null> {
    const path = readablePath(input);
    mayTouch(access, path);
    const repository = await this.given.repositories.open(access.wiki.id);
    const commit = revision === undefined ? await repository.tip() : await requireRevision(repository, revision);
    const item = commit === null || pageOfFile(path) !== null ? null : await repository.entry(commit, path);
    if (item === null || !item.mode.startsWith('100')) return null;
    return { blob: item.oid, size: await this.blobs.size(access.wiki.id, item.oid), mime: mimeOf(path) };
  }

  /** The pages that show a file or link to it. */
  async usedBy(access: Access<'page.read'>, path: string): Promise<string[]> {
    await this.given.catalogue.fresh(access.wiki.id);
    return (await pagesUsing(this.given.database, access, [path])).get(path) ?? [];
  }

  /** What happened to a file through its names, newest first; also of one that was deleted. */
  async history(
    access: Access<'history.read'>,
    input: string,
    { limit = 50, cursor }: { limit?: number; cursor?: string | undefined } = {},
  ): Promise<{ revisions: FileRevision[]; next: string | null }> {
    const path = readablePath(input);
    mayTouch(access, path);
    if (pageOfFile(path) !== null) throw fileNotFound(path);
    await this.given.catalogue.fresh(access.wiki.id);
    const place = cursor === undefined ? null : placeOf('file', ['string', 'number'], cursor);
    const start = place === null ? { path, before: null } : { path: String(place[0]), before: Number(place[1]) };
    mayTouch(access, start.path);
    const rows = await fileTrail(this.given.database, access, start, limit + 1);
    if (rows.length === 0 && place === null) throw fileNotFound(path);
    const shown = rows.slice(0, limit);
    const [last, following] = [shown.at(-1), rows[limit]];
    const next = last === undefined || following === undefined ? null : cursorOf('file', [following.path, last.seq]);
    const changes = await this.infos.of(access, shown);
    const revisions = shown.map(async ({ kind, path: called, blob }, at) => ({
      ...{ kind, path: called, blob, mime: mimeOf(called), change: changes[at] },
      size: blob === null ? null : await this.blobs.size(access.wiki.id, blob),
    }));
    return { revisions: await Promise.all(revisions), next };
  }
}
