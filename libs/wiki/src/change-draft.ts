import { mayTouch, type Access } from '@lib/acl';
import type { Oid, Repository } from '@lib/git';
import type { ChangeTree, ChangedFile } from './change-tree.js';
import type { Catalogued } from './change-revision.js';
import { fileOf, pageOfFile, pagePath, readablePath } from './page-path.js';
import { movedOn, notARevision, pageNotFound, preconditionFailed } from './write-errors.js';

/** A page (or another file) as a change finds it; `now` is null when there is none. */
export interface Target {
  /** The path as it is stored. */
  path: string;
  file: string;
  now: ChangedFile | null;
}

/** Whether what was read is what is there; when not, the bytes as they were read (null: they were not there). */
export type Standing = { stale: false } | { stale: true; base: Buffer | null; current: string | null };

interface Place {
  access: Access;
  repository: Repository;
  tree: ChangeTree;
  catalogued: Catalogued;
}

const revisionPattern = /^[0-9a-f]{7,40}$/;

/** Refuses what cannot be a revision, before anything is looked up. */
export function parseRevision(revision: string): string {
  const digits = revision.toLowerCase();
  if (!revisionPattern.test(digits)) throw notARevision();
  return digits;
}

/** One change while it is drafted: who makes it, the tree so far, and the moves that history shall know of. */
export class ChangeDraft {
  readonly access: Access;
  readonly tree: ChangeTree;
  readonly moves: { from: string; to: string }[] = [];
  private readonly repository: Repository;
  private readonly catalogued: Catalogued;

  constructor({ access, repository, tree, catalogued }: Place) {
    this.access = access;
    this.repository = repository;
    this.tree = tree;
    this.catalogued = catalogued;
  }

  /** Finds a page by the name it was pushed under, else in NFC; a token that does not reach it is refused first. */
  async page(input: string): Promise<Target> {
    readablePath(input);
    for (const path of new Set([input, input.normalize('NFC')])) {
      mayTouch(this.access, path);
      const now = await this.tree.file(fileOf(path));
      if (now !== null) return { path, file: fileOf(path), now };
    }
    const path = input.normalize('NFC');
    return { path, file: fileOf(path), now: null };
  }

  async existingPage(input: string): Promise<Target & { now: ChangedFile }> {
    const target = await this.page(input);
    if (target.now === null) throw pageNotFound(target.path);
    return { ...target, now: target.now };
  }

  /** The place of a page that is not there yet; only names that everyone can read and check out are given. */
  newPage(input: string): Target {
    const path = pagePath(input);
    mayTouch(this.access, path);
    return { path, file: fileOf(path), now: null };
  }

  /** Holds the target to If-Match. */
  async match(target: Target, ifMatch: string | undefined): Promise<void> {
    if (ifMatch === undefined) return;
    if (target.now === null) throw preconditionFailed(target.path, 'does not exist');
    if (ifMatch === '*') return;
    const origin = await this.tree.origin(target.file);
    const wanted = ifMatch.toLowerCase();
    if (origin?.oid === wanted) return;
    const commit = revisionPattern.test(wanted) ? await this.repository.findCommit(wanted) : null;
    const known = commit === null ? null : await this.tree.objects.entry(commit, target.file);
    if (known !== null && known.oid === origin?.oid) return;
    throw preconditionFailed(target.path, `is not at ${wanted.slice(0, 40)} any more`, await this.current(target));
  }

  /** Compares what was read with what is there, by content: other changes of the wiki make no revision stale. */
  async standing(target: Target, revision: string | undefined): Promise<Standing> {
    if (revision === undefined) return { stale: false };
    const origin = await this.tree.origin(target.file);
    // Made by an earlier operation of the same batch: there is nothing its author could have read.
    if (origin === null && target.now !== null) return { stale: false };
    const commit = await this.repository.findCommit(parseRevision(revision));
    const current = async () => (origin === null ? null : this.current(target));
    if (commit === null) throw movedOn(target.path, await current(), `has no revision ${revision}`);
    const base = await this.tree.objects.entry(commit, target.file);
    if (base?.oid === origin?.oid) return { stale: false };
    const bytes = base === null ? null : await this.tree.objects.blob(base.oid);
    return { stale: true, base: bytes, current: await current() };
  }

  /** Like `standing`, for changes that cannot be merged. */
  async requireCurrent(target: Target, revision: string | undefined): Promise<void> {
    const standing = await this.standing(target, revision);
    if (standing.stale) throw movedOn(target.path, standing.current, 'has changed since the revision you read');
  }

  /** The revision of a file that this change leaves as it is: the last commit that touched it. */
  async current({ file }: Pick<Target, 'file'>): Promise<Oid | null> {
    const item = await this.tree.origin(file);
    const { tip, objects } = this.tree;
    if (item === null || tip === null) return null;
    return this.catalogued.revision({ wiki: this.access.wiki.id, item, tip }, objects);
  }

  /** The pages of which the catalogue may not know what they hold now. */
  async uncatalogued(): Promise<string[]> {
    const { tip, objects } = this.tree;
    if (tip === null) return [];
    const position = await this.catalogued.position(this.access.wiki.id);
    // The commit may be of a history that was replaced since.
    const changes = await objects.diff(position, tip).catch(() => objects.diff(null, tip));
    return changes.flatMap(({ path, after }) => (after === null ? [] : (pageOfFile(path) ?? [])));
  }

  /** The pages that may link to files, as far as the catalogue knows. */
  async fileLinkers(files: string[]): Promise<string[]> {
    return files.length === 0 ? [] : this.catalogued.fileLinkers(this.access.wiki.id, files);
  }
}
