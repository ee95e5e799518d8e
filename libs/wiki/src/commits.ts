import { type Access, reaches, type UserId } from '@lib/acl';
import { type FileDiff, lineDiff, type Repositories, type Repository } from '@lib/git';
import type { DataSource } from 'typeorm';
import type { Catalogue } from './catalogue.js';
import { type ChangeInfo, ChangeInfos, commitColumns, type CommitRow } from './change-info.js';
import { Parameters, withinReach } from './keyword-reach.js';
import { pageOfFile } from './page-path.js';
import { requireRevision } from './revisions.js';

interface Given {
  database: DataSource;
  repositories: Repositories;
  catalogue: Catalogue;
  usernames: (ids: readonly UserId[]) => Promise<Map<UserId, string>>;
}

/** What a commit did to one file. */
export interface FileChange {
  path: string;
  /** Whether it is a page, and not an attachment. */
  isPage: boolean;
  kind: 'add' | 'change' | 'remove' | 'rename';
  /** What it was called before. */
  from: string | null;
  /** Null for files, and for pages beyond those that are compared. */
  difference: FileDiff | null;
}

interface Row {
  path: string;
  kind: FileChange['kind'];
  from_path: string | null;
  old_blob: string | null;
  new_blob: string | null;
}

const most = { listed: 1_000, compared: 50 };

/** Shows single commits: who, when, why, and what changed in each page. */
export class Commits {
  private readonly infos: ChangeInfos;

  constructor(private readonly given: Given) {
    this.infos = new ChangeInfos(given);
  }

  /** A commit of the wiki's history; `files` are those the access reaches. Throws `revision-not-found`. */
  async read(
    access: Access<'history.read'>,
    revision: string,
  ): Promise<{ change: ChangeInfo; files: FileChange[]; isCut: boolean }> {
    await this.given.catalogue.fresh(access.wiki.id);
    const repository = await this.given.repositories.open(access.wiki.id);
    const oid = await requireRevision(repository, revision);
    const [change] = await this.infos.of(
      access,
      await this.given.database.query<CommitRow[]>(
        `SELECT ${commitColumns} FROM commits c WHERE c.wiki = $1 AND c.oid = $2`,
        [access.wiki.id, oid],
      ),
    );
    const rows = change === undefined ? [] : await this.touched(access, oid);
    const files = await Promise.all(
      rows.slice(0, most.listed).map((row, at) => this.changeOf(access, repository, row, at < most.compared)),
    );
    return {
      change: change ?? this.infos.unrecorded(access, await repository.commit(oid)),
      files,
      isCut: rows.length > most.listed,
    };
  }

  private touched(access: Access, oid: string): Promise<Row[]> {
    const parameters = new Parameters();
    const within = withinReach(access, 'p', parameters);
    return this.given.database.query<Row[]>(
      `SELECT p.path, p.kind, p.from_path, p.old_blob, p.new_blob FROM commit_paths p
       JOIN commits c ON c.wiki = p.wiki AND c.seq = p.seq
       WHERE ${within} AND c.oid = ${parameters.add(oid)} ORDER BY p.path LIMIT ${most.listed + 1}`,
      parameters.values,
    );
  }

  private async changeOf(access: Access, repository: Repository, row: Row, isCompared: boolean): Promise<FileChange> {
    const page = pageOfFile(row.path);
    const before = row.from_path === null ? null : (pageOfFile(row.from_path) ?? row.from_path);
    const texts = async () => lineDiff(await textOf(repository, row.old_blob), await textOf(repository, row.new_blob));
    return {
      path: page ?? row.path,
      isPage: page !== null,
      kind: row.kind,
      from: before !== null && reaches(access, before) ? before : null,
      difference: page !== null && isCompared ? await texts() : null,
    };
  }
}

const textOf = async (repository: Repository, blob: string | null): Promise<string> =>
  blob === null ? '' : (await repository.blob(blob)).toString('utf8');
