import type { Access, WikiId } from '@lib/acl';
import { GitError, type Repository } from '@lib/git';
import type {
  KeywordNarrowing,
  PageContent,
  PagesPort,
  PageToChunk,
  PageVersion,
  ReachedPage,
  WikiPages,
} from '@lib/search';
import type { DataSource } from 'typeorm';
import { Parameters, withinReach } from './keyword-reach.js';
import { among, narrowingOf, type PeopleByName } from './narrowing.js';
import { pageToChunk } from './page-to-chunk.js';

interface Options {
  database: DataSource;
  repositories: { open(wiki: WikiId): Promise<Pick<Repository, 'blob'>> };
  people: PeopleByName;
}

// What is more is no page that anyone reads; its words are found all the same.
const mostBytes = 4 * 1024 * 1024;
const troubles: Record<string, string> = {
  'too-large': 'The page is too large to be read for its meaning.',
  'object-corrupt': 'The page is damaged in the repository.',
  'object-missing': 'The page is missing in the repository.',
};

/** The pages of wikis as search by meaning reads them: which there are from the catalogue, their texts from git. */
export class MeaningPages implements PagesPort {
  constructor(private readonly options: Options) {}

  async position(wiki: WikiId): Promise<string | null> {
    const rows = await this.query<{ commit_oid: string }>(
      'SELECT commit_oid FROM catalogue_positions WHERE wiki = $1',
      [wiki],
    );
    return rows[0]?.commit_oid ?? null;
  }

  async sequence(wiki: WikiId, commit: string): Promise<number | null> {
    const rows = await this.query<{ seq: string }>('SELECT seq FROM commits WHERE wiki = $1 AND oid = $2', [
      wiki,
      commit,
    ]);
    return rows[0] === undefined ? null : Number(rows[0].seq);
  }

  /** In one statement, so that the pages are those of the commit. */
  async all(wiki: WikiId): Promise<WikiPages> {
    const [row] = await this.query<{ commit: string | null; paths: string[]; blobs: string[] }>(
      `SELECT (SELECT commit_oid FROM catalogue_positions WHERE wiki = $1) AS commit,
        coalesce(array_agg(path ORDER BY path), '{}') AS paths, coalesce(array_agg(blob ORDER BY path), '{}') AS blobs
      FROM pages WHERE wiki = $1`,
      [wiki],
    );
    const { commit = null, paths = [], blobs = [] } = row ?? {};
    return { commit, pages: paths.map((path, at) => ({ path, blob: blobs[at] ?? '' })) };
  }

  async content(wiki: WikiId, { path, blob }: PageVersion): Promise<PageContent> {
    const repository = await this.options.repositories.open(wiki);
    try {
      const text = (await repository.blob(blob, mostBytes)).toString('utf8');
      return { page: this.read(path, text) };
    } catch (error) {
      const trouble = error instanceof GitError ? troubles[error.code] : undefined;
      if (trouble === undefined) throw error;
      return { trouble };
    }
  }

  read(path: string, text: string): PageToChunk {
    return pageToChunk(path, text);
  }

  async among(access: Access<'search.use'>, asked: KeywordNarrowing): Promise<ReadonlySet<string> | null> {
    const isNarrow = Object.values(asked).some((value) => value !== undefined && value !== '');
    if (access.paths === null && !isNarrow) return null;
    const narrowing = await narrowingOf(asked, this.options.people);
    const parameters = new Parameters();
    const reach = withinReach(access, 'p', parameters);
    const rows = await this.query<{ path: string }>(
      `SELECT path FROM pages p WHERE ${reach} AND ${among(narrowing, 'p', parameters)}`,
      parameters.values,
    );
    return new Set(rows.map(({ path }) => path));
  }

  async reached(access: Access<'search.use'>, paths: readonly string[]): Promise<ReachedPage[]> {
    if (paths.length === 0) return [];
    const parameters = new Parameters();
    const reach = withinReach(access, 'p', parameters);
    return this.query<ReachedPage>(
      `SELECT path, blob, name, revision FROM pages p WHERE ${reach} AND path = ANY(${parameters.add(paths)}::text[])`,
      parameters.values,
    );
  }

  private query<Row>(sql: string, parameters: unknown[]): Promise<Row[]> {
    return this.options.database.query<Row[]>(sql, parameters);
  }
}
