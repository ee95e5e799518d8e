import { type Access, mayTouch, type UserId, type WikiId } from '@lib/acl';
import type { Oid, Repositories, Repository } from '@lib/git';
import type { DataSource } from 'typeorm';
import type { Catalogue } from './catalogue.js';
import { ChangeInfos, commitColumns, type CommitRow } from './change-info.js';
import { Parameters, withinReach } from './keyword-reach.js';
import { LinkResolver, linkRow } from './link-rows.js';
import { listPages } from './page-list.js';
import { parsePage } from './page.js';
import { fileOf, readablePath } from './page-path.js';
import type { PageFilter, PageRow, PageView } from './page-view.js';
import { requireRevision } from './revisions.js';
import { findSection } from './sections.js';
import type { WikiSettings } from './wiki-settings.js';
import { pageNotFound } from './write-errors.js';

interface Given {
  database: DataSource;
  repositories: Repositories;
  catalogue: Catalogue;
  settings: WikiSettings;
  usernames: (ids: readonly UserId[]) => Promise<Map<UserId, string>>;
}

interface Asked {
  path: string;
  revision?: string | undefined;
  section?: string | undefined;
}

interface Catalogued extends CommitRow {
  name: string;
  words: number;
  blob: string;
  revision: string;
  links_to: string[];
}

interface Found {
  path: string;
  commit: Oid;
  blob: Oid;
  content: string;
}

/** Reads pages, lists them, and tells how they hang together. */
export class Pages {
  private readonly infos: ChangeInfos;

  constructor(private readonly given: Given) {
    this.infos = new ChangeInfos(given.usernames);
  }

  /** A page, or one section of it, as it is or as it was at a revision. */
  async read(access: Access<'page.read'>, { path, revision, section }: Asked): Promise<PageView> {
    const repository = await this.given.repositories.open(access.wiki.id);
    const commit = revision === undefined ? null : await requireRevision(repository, revision);
    const found = await this.find(access, repository, path, commit);
    const view =
      (commit === null ? await this.current(access, found) : null) ?? (await this.historic(access, repository, found));
    if (section === undefined || section === '') return view;
    const part = findSection(found.content, section);
    return { ...view, content: part.text, section: part.path };
  }

  /** Part of the list of pages; `behind` is how many commits it does not know yet. */
  async list(
    access: Access<'page.read'>,
    filter: PageFilter = {},
  ): Promise<{ pages: PageRow[]; total: number; next: string | null; behind: number }> {
    const { behind } = await this.given.catalogue.fresh(access.wiki.id);
    return { ...(await listPages(this.given.database, access, filter)), behind };
  }

  /** Links of a page in both directions; a page that does not exist may be linked to. */
  async links(access: Access<'page.read'>, input: string): Promise<{ linksTo: string[]; linkedFrom: string[] }> {
    const path = readablePath(input);
    mayTouch(access, path);
    await this.given.catalogue.fresh(access.wiki.id);
    const [linksTo, linkedFrom] = [await this.linksTo(access, path), await this.linkedFrom(access, path)];
    return { linksTo, linkedFrom };
  }

  /** All pages and the links between them; wanted pages are nodes too. */
  async graph(access: Access<'page.read'>): Promise<{ nodes: string[]; edges: { source: string; target: string }[] }> {
    await this.given.catalogue.fresh(access.wiki.id);
    const [forPages, forLinks] = [new Parameters(), new Parameters()];
    const pages = await this.given.database.query<{ path: string }[]>(
      `SELECT path FROM pages p WHERE ${withinReach(access, 'p', forPages)} ORDER BY path`,
      forPages.values,
    );
    const edges = await this.given.database.query<{ source: string; target: string }[]>(
      `SELECT DISTINCT path AS source, page AS target FROM page_links l
       WHERE ${withinReach(access, 'l', forLinks)} AND state IN ('page', 'missing') ORDER BY source, target`,
      forLinks.values,
    );
    const nodes = [...new Set([...pages.map(({ path }) => path), ...edges.map(({ target }) => target)])];
    return { nodes: nodes.sort(), edges };
  }

  /** Categories of the wiki and those in use, with the number of their pages. */
  async categories(access: Access<'page.read'>): Promise<{ name: string; pages: number; listed: boolean }[]> {
    await this.given.catalogue.fresh(access.wiki.id);
    const { categories } = await this.given.settings.of(access.wiki.id);
    const parameters = new Parameters();
    const rows = await this.given.database.query<{ name: string; pages: number }[]>(
      `SELECT category AS name, count(*)::int AS pages FROM pages p
       WHERE ${withinReach(access, 'p', parameters)} AND category IS NOT NULL GROUP BY category ORDER BY category`,
      parameters.values,
    );
    const counts = new Map(rows.map(({ name, pages }) => [name, pages]));
    const listed = categories.map((name) => ({ name, pages: counts.get(name) ?? 0, listed: true }));
    const others = rows.filter(({ name }) => !categories.includes(name));
    return [...listed, ...others.map((row) => ({ ...row, listed: false }))];
  }

  /** Tags in use, with the number of their pages. */
  async tags(access: Access<'page.read'>): Promise<{ name: string; pages: number }[]> {
    await this.given.catalogue.fresh(access.wiki.id);
    const parameters = new Parameters();
    return this.given.database.query(
      `SELECT tag AS name, count(*)::int AS pages FROM page_tags t
       WHERE ${withinReach(access, 't', parameters)} GROUP BY tag ORDER BY tag`,
      parameters.values,
    );
  }

  /** Paths that begin with these characters, for completion; case does not count. */
  async paths(access: Access<'page.read'>, prefix: string, limit: number): Promise<string[]> {
    const parameters = new Parameters();
    const within = withinReach(access, 'p', parameters);
    const beginning = parameters.add(prefix.replace(/[\p{Cs}\0]/gu, '\uFFFD'));
    const rows = await this.given.database.query<{ path: string }[]>(
      `SELECT path FROM pages p WHERE ${within} AND starts_with(lower(path), lower(${beginning}::text))
       ORDER BY path LIMIT ${parameters.add(limit)}`,
      parameters.values,
    );
    return rows.map(({ path }) => path);
  }

  /** How many pages a wiki has. */
  async count(wiki: WikiId): Promise<number> {
    await this.given.catalogue.fresh(wiki);
    const [row] = await this.given.database.query<[{ count: string }]>('SELECT count(*) FROM pages WHERE wiki = $1', [
      wiki,
    ]);
    return Number(row.count);
  }

  private async find(access: Access, repository: Repository, input: string, at: Oid | null): Promise<Found> {
    const asked = readablePath(input);
    mayTouch(access, asked);
    const commit = at ?? (await repository.tip());
    // Pages are made under names in NFC; pushed ones are found as they are.
    for (const path of new Set([asked, asked.normalize('NFC')])) {
      const entry = commit === null ? null : await repository.entry(commit, fileOf(path));
      if (commit === null || entry === null || !entry.mode.startsWith('100')) continue;
      const content = (await repository.blob(entry.oid)).toString('utf8');
      return { path, commit, blob: entry.oid, content };
    }
    throw pageNotFound(asked);
  }

  /** The page from the catalogue, when it has read as far as git has. */
  private async current(access: Access, found: Found): Promise<PageView | null> {
    const { behind } = await this.given.catalogue.fresh(access.wiki.id);
    if (behind > 0) return null;
    const [row] = await this.given.database.query<Catalogued[]>(
      `SELECT p.name, p.words, p.blob, p.revision, ${commitColumns},
         ARRAY(SELECT DISTINCT l.page FROM page_links l
           WHERE l.wiki = p.wiki AND l.path = p.path AND l.state IN ('page', 'missing') ORDER BY 1) AS links_to
       FROM pages p JOIN commits c ON c.wiki = p.wiki AND c.seq = p.seq WHERE p.wiki = $1 AND p.path = $2`,
      [access.wiki.id, found.path],
    );
    if (row === undefined || row.blob !== found.blob) return null;
    const { frontmatter } = parsePage(found.content, 'target-first');
    const [lastCommit] = await this.infos.of([row]);
    if (lastCommit === undefined) return null;
    const { path, content, commit } = found;
    const { name, words, revision, links_to: linksTo } = row;
    const linkedFrom = await this.linkedFrom(access, path);
    return {
      ...{ name, path, content, frontmatter: frontmatter.data, linksTo, linkedFrom },
      ...{ revision, lastCommit, commit, words, isHistoric: false },
    };
  }

  /** The page from git alone: an old revision, or one the catalogue has not read yet. */
  private async historic(access: Access, repository: Repository, found: Found): Promise<PageView> {
    const { path, content, commit } = found;
    const { id } = access.wiki;
    const { linkOrder } = await this.given.settings.of(id);
    const parsed = parsePage(content, linkOrder);
    const links = parsed.links.map((link, at) => linkRow(id, path, at, link));
    const resolved = await new LinkResolver(this.given.database.manager, id).resolve(links);
    const targets = resolved.flatMap(({ state, page }) =>
      state === 'page' || state === 'missing' ? [page ?? ''] : [],
    );
    const lastCommit = await this.lastChange(repository, id, found);
    const tip = await repository.tip();
    const now = tip === null ? null : await repository.entry(tip, fileOf(path));
    return {
      name: parsed.title ?? path.split('/').at(-1) ?? path,
      ...{ path, content, commit, words: parsed.words, lastCommit, frontmatter: parsed.frontmatter.data },
      linksTo: [...new Set(targets)].sort(),
      linkedFrom: await this.linkedFrom(access, path),
      revision: lastCommit.revision,
      isHistoric: now?.oid !== found.blob,
    };
  }

  /** The last commit up to the one read that touched the page; that one itself while the catalogue does not know it. */
  private async lastChange(repository: Repository, wiki: WikiId, { path, commit }: Found) {
    const [row] = await this.given.database.query<CommitRow[]>(
      `SELECT ${commitColumns} FROM commits at
       JOIN commit_paths p ON p.wiki = at.wiki AND p.path = $3 AND p.seq <= at.seq
       JOIN commits c ON c.wiki = p.wiki AND c.seq = p.seq
       WHERE at.wiki = $1 AND at.oid = $2 ORDER BY p.seq DESC LIMIT 1`,
      [wiki, commit, fileOf(path)],
    );
    const [known] = row === undefined ? [] : await this.infos.of([row]);
    if (known !== undefined) return known;
    const { author, message } = await repository.commit(commit);
    const date = new Date(author.seconds * 1000);
    return { revision: commit, author: { name: author.name, username: null }, agent: null, door: null, date, message };
  }

  private async linksTo(access: Access, path: string): Promise<string[]> {
    const rows = await this.given.database.query<{ page: string }[]>(
      `SELECT DISTINCT page FROM page_links WHERE wiki = $1 AND path = $2 AND state IN ('page', 'missing') ORDER BY page`,
      [access.wiki.id, path],
    );
    return rows.map(({ page }) => page);
  }

  private async linkedFrom(access: Access, path: string): Promise<string[]> {
    const parameters = new Parameters();
    const within = withinReach(access, 'l', parameters);
    const rows = await this.given.database.query<{ path: string }[]>(
      `SELECT DISTINCT path FROM page_links l
       WHERE ${within} AND page = ${parameters.add(path)} AND state IN ('page', 'missing') ORDER BY path`,
      parameters.values,
    );
    return rows.map((row) => row.path);
  }
}
