import { type Access, mayTouch, reaches, type UserId } from '@lib/acl';
import type { Oid, Repositories, Repository, TreeItem } from '@lib/git';
import type { DataSource } from 'typeorm';
import type { Catalogue } from './catalogue.js';
import { ChangeInfos, commitColumns, type CommitRow } from './change-info.js';
import { Catalogued } from './change-revision.js';
import { parseFrontmatter } from '@lib/markdown';
import { HistoryTrail } from './history-trail.js';
import { Parameters, withinReach } from './keyword-reach.js';
import { LinkResolver, linkRow } from './link-rows.js';
import { leading, linkersOfPage } from './page-links.js';
import { pageName } from './page-name.js';
import { parsePage } from './page.js';
import { fileOf } from './page-path.js';
import type { PageView } from './page-view.js';
import { requireRevision } from './revisions.js';
import type { WikiSettings } from './wiki-settings.js';
import { ViewCache } from './view-cache.js';
import { pageNotFound } from './write-errors.js';

/** What pages are read from. */
export interface ReaderOptions {
  database: DataSource;
  repositories: Repositories;
  catalogue: Catalogue;
  settings: WikiSettings;
  usernames: (ids: readonly UserId[]) => Promise<Map<UserId, string>>;
}

interface PageOfCatalogue extends CommitRow {
  name: string;
  words: number;
  links_to: string[];
  linked_from: string[];
}

interface Found {
  path: string;
  commit: Oid;
  item: TreeItem;
  content: string;
}

const plainMode = /^100(?:644|755)$/;

/** Reads single pages: the text from git, what else there is to know from the catalogue where it has read as far. */
export class PageReader {
  private readonly infos: ChangeInfos;
  private readonly trail: HistoryTrail;
  private readonly catalogued: Catalogued;
  private readonly views: ViewCache;

  constructor(private readonly given: ReaderOptions) {
    this.infos = new ChangeInfos(given);
    this.trail = new HistoryTrail(given.database);
    this.catalogued = new Catalogued(given.database);
    this.views = new ViewCache(given.settings);
  }

  async read(access: Access<'page.read'>, path: string, revision: string | undefined): Promise<PageView> {
    mayTouch(access, path);
    const repository = await this.given.repositories.open(access.wiki.id);
    if (revision !== undefined) {
      const commit = await requireRevision(repository, revision);
      return this.fromGit(access, repository, await this.foundAt(access, repository, path, commit));
    }
    const tip = await repository.tip();
    if (tip === null) throw pageNotFound(path);
    const key = await this.views.key(access, tip, path);
    const known = this.views.get(key);
    if (known !== undefined) return known;
    const found = await find(repository, tip, path);
    if (found === null) throw pageNotFound(path);
    const view = await this.fromCatalogue(access, found);
    if (view === null) return this.fromGit(access, repository, found);
    return this.views.keep(key, view);
  }

  async source(access: Access, path: string, revision: string | undefined): Promise<{ bytes: Buffer; blob: Oid }> {
    mayTouch(access, path);
    const repository = await this.given.repositories.open(access.wiki.id);
    const commit = revision === undefined ? await repository.tip() : await requireRevision(repository, revision);
    if (commit === null) throw pageNotFound(path);
    const found =
      revision === undefined
        ? await find(repository, commit, path)
        : await this.foundAt(access, repository, path, commit);
    if (found === null) throw pageNotFound(path);
    return { bytes: await repository.blob(found.item.oid), blob: found.item.oid };
  }

  /** The page as it was, also when it was called otherwise then. */
  private async foundAt(access: Access, repository: Repository, path: string, commit: Oid): Promise<Found> {
    const found = await find(repository, commit, path);
    if (found !== null) return found;
    await this.given.catalogue.fresh(access.wiki.id);
    const name = await this.trail.nameAt(access, path, commit);
    const renamed = name === null ? null : await find(repository, commit, name);
    if (renamed === null) throw pageNotFound(path);
    return renamed;
  }

  private async fromCatalogue(access: Access, found: Found): Promise<PageView | null> {
    const { path, commit, content, item } = found;
    if ((await this.given.catalogue.fresh(access.wiki.id, commit)).behind > 0) return null;
    const parameters = new Parameters();
    const linkers = withinReach(access, 'l', parameters);
    const [wiki, page, blob] = [parameters.add(access.wiki.id), parameters.add(path), parameters.add(item.oid)];
    const rows = await this.given.database.query<PageOfCatalogue[]>(
      `SELECT p.name, p.words, ${commitColumns},
         ARRAY(SELECT DISTINCT l.page FROM page_links l
           WHERE l.wiki = p.wiki AND l.path = p.path AND ${leading} ORDER BY 1) AS links_to,
         ARRAY(SELECT DISTINCT l.path FROM page_links l
           WHERE ${linkers} AND l.page = p.path AND ${leading} ORDER BY 1) AS linked_from
       FROM pages p JOIN commits c ON c.wiki = p.wiki AND c.seq = p.seq
       WHERE p.wiki = ${wiki} AND p.path = ${page} AND p.blob = ${blob}`,
      parameters.values,
    );
    const [lastCommit] = await this.infos.of(access, rows);
    const [row] = rows;
    if (row === undefined || lastCommit === undefined) return null;
    const { name, words, links_to: targets, linked_from: linkedFrom } = row;
    const linksTo = targets.filter((target) => reaches(access, target));
    const frontmatter = parseFrontmatter(content).data;
    return {
      ...{ name, path, content, frontmatter, linksTo, linkedFrom, words, commit, lastCommit },
      ...{ revision: lastCommit.revision, isHistoric: false },
    };
  }

  /** An old revision, or a page the catalogue has not read yet; links lead to the pages of today. */
  private async fromGit(access: Access, repository: Repository, found: Found): Promise<PageView> {
    const { path, content, commit, item } = found;
    const { id } = access.wiki;
    const { frontmatter, words, links } = parsePage(content, (await this.given.settings.of(id)).linkOrder);
    const rows = links.map((link, at) => linkRow(id, path, at, link));
    const resolved = await new LinkResolver(this.given.database.manager, id).resolve(rows);
    const targets = resolved.flatMap(({ state, page }) =>
      state === 'page' || state === 'missing' ? [page ?? ''] : [],
    );
    const lastCommit = await this.lastChange(access, repository, found);
    const tip = await repository.tip();
    const now = tip === null ? null : await repository.entry(tip, fileOf(path));
    return {
      ...{ name: pageName(path, frontmatter), path, content, commit, words, lastCommit },
      frontmatter: frontmatter.data,
      linksTo: [...new Set(targets)].filter((target) => reaches(access, target)).sort(),
      linkedFrom: await linkersOfPage(this.given.database, access, path),
      revision: lastCommit.revision,
      isHistoric: now?.oid !== item.oid,
    };
  }

  /** The last commit up to the one read that touched the page. */
  private async lastChange(access: Access, repository: Repository, { path, commit, item }: Found) {
    const rows = await this.given.database.query<CommitRow[]>(
      `SELECT ${commitColumns} FROM commits at
       JOIN commit_paths p ON p.wiki = at.wiki AND p.path = $3 AND p.seq <= at.seq
       JOIN commits c ON c.wiki = p.wiki AND c.seq = p.seq
       WHERE at.wiki = $1 AND at.oid = $2 ORDER BY p.seq DESC LIMIT 1`,
      [access.wiki.id, commit, fileOf(path)],
    );
    const [known] = await this.infos.of(access, rows);
    if (known !== undefined) return known;
    const revision = await this.catalogued.revision({ wiki: access.wiki.id, item, tip: commit }, repository);
    return this.infos.unrecorded(access, await repository.commit(revision));
  }
}

async function find(repository: Repository, commit: Oid, asked: string): Promise<Found | null> {
  // Pages are made under names in NFC; pushed ones are found as they are.
  for (const path of new Set([asked, asked.normalize('NFC')])) {
    const item = await repository.entry(commit, fileOf(path));
    if (item === null || !plainMode.test(item.mode)) continue;
    return { path, commit, item, content: (await repository.blob(item.oid)).toString('utf8') };
  }
  return null;
}
