import { isUtf8 } from 'node:buffer';
import { type Access, mayTouch, type UserId } from '@lib/acl';
import { lineDiff, type GitRunner, type Oid, type Repositories, type Repository, unifiedDiff } from '@lib/git';
import type { DataSource } from 'typeorm';
import { Blames } from './blames.js';
import type { Catalogue } from './catalogue.js';
import { type ChangeInfo, ChangeInfos, commitColumns, type CommitRow } from './change-info.js';
import { cursorOf, placeOf } from './cursors.js';
import { listAgents, listChanges, type ChangesFilter } from './history-changes.js';
import { HistoryTrail } from './history-trail.js';
import { fileOf, pageOfFile, readablePath } from './page-path.js';
import type { PageWriter } from './page-writer.js';
import { requireRevision } from './revisions.js';
import { WikiError } from './wiki-errors.js';
import { pageNotFound } from './write-errors.js';
import type { WriteOptions, WriteResult } from './write-types.js';

interface Given {
  database: DataSource;
  repositories: Repositories;
  catalogue: Catalogue;
  runner: GitRunner;
  writer: PageWriter;
  usernames: (ids: readonly UserId[]) => Promise<Map<UserId, string>>;
}

/** A line of a page and who wrote it. */
export interface BlamedLine {
  line: number;
  text: string;
  revision: string;
  author: ChangeInfo['author'];
  agent: string | null;
  pushedBy: string | null;
  door: string | null;
  date: Date;
}

/** A page under the name it had as of a commit; null is before its first one. */
interface Moment {
  commit: Oid | null;
  page: string;
}

/** What happened to pages: revisions, comparisons, who wrote which line, and the way back. */
export class PageHistory {
  private readonly infos: ChangeInfos;
  private readonly trail: HistoryTrail;
  private readonly blames: Blames;

  constructor(private readonly given: Given) {
    this.infos = new ChangeInfos(given);
    this.trail = new HistoryTrail(given.database);
    this.blames = new Blames(given);
  }

  /** What changed in the wiki, newest first. */
  async changes(access: Access<'history.read'>, filter: ChangesFilter) {
    const { behind } = await this.given.catalogue.fresh(access.wiki.id);
    const repository = await this.given.repositories.open(access.wiki.id);
    const since = filter.since === undefined ? undefined : await requireRevision(repository, filter.since);
    const { rows, next } = await listChanges(this.given.database, access, { ...filter, since });
    const infos = await this.infos.of(access, rows);
    const entries = infos.map((info, at) => ({ ...info, pages: rows[at]?.pages ?? [], files: rows[at]?.files ?? [] }));
    return { entries, next, behind };
  }

  /** The labels of the agents that wrote lately, for whoever narrows the list of changes. */
  agents(access: Access<'history.read'>): Promise<string[]> {
    return listAgents(this.given.database, access);
  }

  /** Revisions of a page through its renames, newest first; `path` is what it was called then. */
  async log(
    access: Access<'history.read'>,
    input: string,
    { limit = 50, cursor }: { limit?: number; cursor?: string | undefined },
  ) {
    const path = await this.prepare(access, input);
    const place = cursor === undefined ? null : placeOf('history', ['string', 'number'], cursor);
    const start = place === null ? { path, before: null } : { path: String(place[0]), before: Number(place[1]) };
    mayTouch(access, start.path);
    const rows = await this.trail.follow(access, start, limit + 1);
    if (rows.length === 0 && place === null) throw pageNotFound(path);
    const shown = rows.slice(0, limit);
    const [last, following] = [shown.at(-1), rows[limit]];
    const next = last === undefined || following === undefined ? null : cursorOf('history', [following.page, last.seq]);
    const infos = await this.infos.of(access, shown);
    return { changes: infos.map((info, at) => ({ ...info, path: shown[at]?.page ?? path })), next };
  }

  /** What changed in a page between two revisions; the newest, and the one before, where none are named. */
  async diff(access: Access<'history.read'>, input: string, from?: string, to?: string) {
    const { was, is, page, ...between } = await this.texts(access, input, from, to);
    return { ...between, diff: unifiedDiff(fileOf(page), was, is) };
  }

  /** The same line by line, and word by word within lines that replace each other. */
  async compare(access: Access<'history.read'>, input: string, from?: string, to?: string) {
    const { was, is, page: _, ...between } = await this.texts(access, input, from, to);
    return { ...between, difference: lineDiff(was ?? '', is ?? '') };
  }

  /** What a page was at two revisions; null before it was there, and after. */
  private async texts(access: Access<'history.read'>, input: string, from?: string, to?: string) {
    const path = await this.prepare(access, input);
    const repository = await this.given.repositories.open(access.wiki.id);
    const older = from === undefined ? null : await requireRevision(repository, from);
    const newer = to === undefined ? null : await requireRevision(repository, to);
    const after = newer === null ? await this.newest(access, path) : await this.at(access, path, newer);
    const before = older === null ? await this.before(access, after) : await this.at(access, path, older);
    const [was, is] = await Promise.all([textAt(repository, before), textAt(repository, after)]);
    if (was === null && is === null) throw pageNotFound(path);
    return { from: before.commit, to: after.commit ?? '', page: after.page, was, is };
  }

  /** Who wrote each line of a page as it is, or as it was at a revision. */
  async blame(
    access: Access<'history.read'>,
    input: string,
    revision?: string,
  ): Promise<{ revision: string; lines: BlamedLine[] }> {
    const path = await this.prepare(access, input);
    const repository = await this.given.repositories.open(access.wiki.id);
    const asked = revision === undefined ? null : await requireRevision(repository, revision);
    const { commit, page } = asked === null ? await this.newest(access, path) : await this.at(access, path, asked);
    const text = await textAt(repository, { commit, page });
    if (commit === null || text === null) throw pageNotFound(path);
    const lines = await this.blames.of(access, repository, { commit, file: fileOf(page) });
    const infos = await this.infosOf(access, repository, new Set(lines.map((line) => line.commit)));
    return {
      revision: commit,
      lines: lines.flatMap(({ line, text: written, commit: by }) => {
        const info = infos.get(by);
        return info === undefined ? [] : [{ line, text: written, ...info }];
      }),
    };
  }

  /** Gives a page the content it had at a revision, also when it was deleted since. */
  async restore(
    access: Access<'page.write'>,
    input: string,
    revision: string,
    options: WriteOptions,
  ): Promise<WriteResult> {
    const path = readablePath(input);
    mayTouch(access, path);
    const repository = await this.given.repositories.open(access.wiki.id);
    const commit = await requireRevision(repository, revision);
    const bytes =
      (await bytesAt(repository, { commit, page: path })) ?? (await this.renamedBytes(access, path, commit));
    if (bytes === null) {
      const short = commit.slice(0, 8);
      throw new WikiError('page-not-found', `At revision ${short} there was no page ${JSON.stringify(path)}.`, {
        path,
      });
    }
    const tip = await repository.tip();
    const exists = tip !== null && (await repository.entry(tip, fileOf(path))) !== null;
    // Who restores wants that content; only when they say what they saw is a newer change kept from being undone.
    const read = options.revision ?? (exists && options.ifMatch === undefined ? (tip ?? undefined) : undefined);
    const message = options.message ?? `Restore: ${path} as of ${commit.slice(0, 8)}`;
    return this.given.writer.write(access, {
      ...options,
      path,
      content: bytes.toString('utf8'),
      ...(!isUtf8(bytes) && { bytes }),
      merge: false,
      message,
      ...(read && { revision: read }),
    });
  }

  /** The bytes of a page that was called otherwise at a commit. */
  private async renamedBytes(access: Access, path: string, commit: Oid): Promise<Buffer | null> {
    await this.given.catalogue.fresh(access.wiki.id);
    const page = await this.trail.nameAt(access, path, commit);
    return page === null ? null : bytesAt(await this.given.repositories.open(access.wiki.id), { commit, page });
  }

  private async prepare(access: Access, input: string): Promise<string> {
    const path = readablePath(input);
    mayTouch(access, path);
    await this.given.catalogue.fresh(access.wiki.id);
    return path;
  }

  /** What a page was called at a commit. */
  private async at(access: Access, path: string, commit: Oid): Promise<Moment> {
    return { commit, page: (await this.trail.nameAt(access, path, commit)) ?? path };
  }

  /** The newest change of a page. */
  private async newest(access: Access, path: string): Promise<Moment> {
    const [row] = await this.trail.follow(access, { path, before: null }, 1);
    if (row === undefined) throw pageNotFound(path);
    return { commit: row.oid, page: row.page };
  }

  /** The change of a page before the one that it was as of some moment. */
  private async before(access: Access, { commit, page }: Moment): Promise<Moment> {
    const seq = commit === null ? null : await this.trail.seqOf(access, commit);
    const start = { path: page, before: seq === null || seq === Number.MAX_SAFE_INTEGER ? null : seq + 1 };
    const [, row] = await this.trail.follow(access, start, 2);
    return { commit: row?.oid ?? null, page: row?.page ?? page };
  }

  private async infosOf(
    access: Access,
    repository: Repository,
    oids: ReadonlySet<Oid>,
  ): Promise<Map<Oid, Omit<ChangeInfo, 'message'>>> {
    const rows = await this.given.database.query<CommitRow[]>(
      `SELECT ${commitColumns} FROM commits c WHERE c.wiki = $1 AND c.oid = ANY($2::text[])`,
      [access.wiki.id, [...oids]],
    );
    const infos = await this.infos.of(access, rows);
    const known = new Set(rows.map(({ oid }) => oid));
    for (const oid of oids)
      if (!known.has(oid)) infos.push(this.infos.unrecorded(access, await repository.commit(oid)));
    return new Map(infos.map(({ message: _, ...info }) => [info.revision, info]));
  }
}

async function bytesAt(
  repository: Repository,
  { commit, page }: { commit: Oid | null; page: string },
): Promise<Buffer | null> {
  const entry = commit === null ? null : await repository.entry(commit, fileOf(page));
  if (entry === null || !entry.mode.startsWith('100') || pageOfFile(entry.path) === null) return null;
  return repository.blob(entry.oid);
}

const textAt = async (repository: Repository, moment: { commit: Oid | null; page: string }): Promise<string | null> =>
  (await bytesAt(repository, moment))?.toString('utf8') ?? null;
