import type { Access, WikiId } from '@lib/acl';
import type { Oid, Repository } from '@lib/git';
import type { PastPort, PastWiki } from '@lib/search';
import { LRUCache } from 'lru-cache';
import type { KeywordIndexOptions } from './keyword-index.js';
import { KeywordPast, type OnPast } from './keyword-past.js';
import { type KeywordSource, present } from './keyword-source.js';
import { KeywordVersions } from './keyword-versions.js';
import { pagesThen } from './pages-then.js';
import { pastCommit } from './past-commit.js';
import { PastPages } from './past-pages.js';
import { PastSource } from './past-source.js';

interface Given extends KeywordIndexOptions {
  repositories: { open(wiki: WikiId): Promise<Repository> };
  /** The texts of so many pages are read to answer a search, and of no more. */
  mostPages?: number;
}

const usuallyMostPages = 5_000;

/** So many pages that were otherwise are remembered, over all wikis and commits. */
const mostRemembered = 50_000;
/** A wiki may change while its past is searched; so often it is tried again. */
const mostTries = 3;

/** Makes wikis searchable as they were at a commit: what a page says now serves where it said so then. */
export class PastWikis implements PastPort {
  private readonly versions: KeywordVersions;
  private readonly sources = new LRUCache<string, PastSource>({
    maxSize: mostRemembered,
    sizeCalculation: ({ pages }) => pages.length + 1,
  });

  constructor(private readonly given: Given) {
    this.versions = new KeywordVersions(given.database);
  }

  /** Null when nothing was there yet. Throws `revision-not-found`, `revision-not-valid`, `bad-date` and `too-far-back`. */
  async at(access: Access<'search.use'>, at: string): Promise<PastWiki | null> {
    const repository = await this.given.repositories.open(access.wiki.id);
    const commit = await pastCommit(this.given.database, repository, at);
    const source = commit === null ? null : await this.source(access, repository, commit);
    if (commit === null || source === null) return null;
    const onPast: OnPast = (asker, work) => this.steadily(asker, { repository, commit }, work);
    return { commit, words: new KeywordPast(this.given, onPast), pages: new PastPages(this.given, onPast) };
  }

  private async steadily<T>(
    access: Access,
    { repository, commit }: { repository: Repository; commit: Oid },
    work: (source: KeywordSource) => Promise<T>,
  ): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      const source = (await this.source(access, repository, commit)) ?? new PastSource(repository.id, commit, []);
      await this.versions.read(repository, source.there);
      const answer = await work(source.pages.length === 0 ? present : source);
      if (tries === mostTries || (await this.position(repository.id)) === source.position) return answer;
    }
  }

  /** Null while the catalogue has nothing of a wiki. */
  private async source(access: Access, repository: Repository, commit: Oid): Promise<PastSource | null> {
    const position = await this.position(repository.id);
    if (position === null) return null;
    const key = JSON.stringify([repository.id, position, commit, access.paths]);
    const known = this.sources.get(key);
    if (known !== undefined) return known;
    const { database, mostPages = usuallyMostPages } = this.given;
    const pages = await pagesThen(database, repository, access, { commit, position, mostPages });
    const source = new PastSource(repository.id, position, pages);
    this.sources.set(key, source);
    return source;
  }

  private async position(wiki: WikiId): Promise<Oid | null> {
    const rows = await this.given.database.query<{ commit_oid: Oid }[]>(
      'SELECT commit_oid FROM catalogue_positions WHERE wiki = $1',
      [wiki],
    );
    return rows[0]?.commit_oid ?? null;
  }
}
