import { type Access, reaches, type UserId, type WikiId } from '@lib/acl';
import type { Oid, Repository } from '@lib/git';
import type { DataSource } from 'typeorm';
import { madeBy } from './narrowing.js';
import { fileOf, pageOfFile } from './page-path.js';
import { plainChanges } from './plain-changes.js';
import { WikiError } from './wiki-errors.js';

/** A page that is not what it was at a commit, or was changed since and back. */
export interface PageThen {
  path: string;
  /** What it was; null when it was not there. */
  blob: Oid | null;
  /** The commit that had changed it last, when that was, and who had done it; null where that is not known. */
  revision: Oid | null;
  updated_at: string | null;
  actor: UserId | null;
}

type LastChange = Pick<PageThen, 'path' | 'revision' | 'updated_at' | 'actor'>;

/** The pages within reach that were otherwise at a commit than the catalogue has them. Throws `too-far-back`. */
export async function pagesThen(
  database: DataSource,
  repository: Repository,
  access: Access,
  { commit, position, mostPages }: { commit: Oid; position: Oid; mostPages: number },
): Promise<PageThen[]> {
  const wiki = access.wiki.id;
  const [row] = await database.query<{ seq: string }[]>('SELECT seq FROM commits WHERE wiki = $1 AND oid = $2', [
    wiki,
    commit,
  ]);
  const seq = row?.seq ?? null;
  const blobs = await unchanged(database, wiki, seq);
  for (const { path, before } of plainChanges(await repository.diff(commit, position))) {
    const page = pageOfFile(path);
    if (page !== null) blobs.set(page, before);
  }
  const paths = [...blobs.keys()].filter((path) => reaches(access, path));
  if (paths.length > mostPages) throw tooFarBack(mostPages);
  const lasts = await lastChanges(database, wiki, paths, seq);
  return paths.map((path) => {
    const { revision = null, updated_at = null, actor = null } = lasts.get(path) ?? {};
    return { path, blob: blobs.get(path) ?? null, revision, updated_at, actor };
  });
}

/** Pages that were touched since a commit, among them those that say again what they said. */
async function unchanged(database: DataSource, wiki: WikiId, seq: string | null): Promise<Map<string, Oid | null>> {
  if (seq === null) return new Map();
  const rows = await database.query<{ path: string; blob: Oid }[]>(
    'SELECT path, blob FROM pages WHERE wiki = $1 AND seq > $2',
    [wiki, seq],
  );
  return new Map(rows.map(({ path, blob }) => [path, blob]));
}

async function lastChanges(database: DataSource, wiki: WikiId, paths: readonly string[], seq: string | null) {
  if (seq === null || paths.length === 0) return new Map<string, LastChange>();
  const rows = await database.query<(LastChange & { file: string })[]>(
    `SELECT file, c.oid AS revision, c.authored_at::text AS updated_at, ${madeBy} AS actor
     FROM unnest($2::text[]) AS file, LATERAL (
       SELECT p.seq FROM commit_paths p WHERE p.wiki = $1 AND p.path = file AND p.seq <= $3 ORDER BY p.seq DESC LIMIT 1
     ) last JOIN commits c ON c.wiki = $1 AND c.seq = last.seq`,
    [wiki, paths.map(fileOf), seq],
  );
  return new Map(rows.map(({ file, ...last }) => [pageOfFile(file) ?? file, last]));
}

function tooFarBack(mostPages: number): WikiError {
  return new WikiError(
    'too-far-back',
    `Since then more than ${mostPages} pages changed, which are too many to search as they were.`,
    { most: mostPages },
  );
}
