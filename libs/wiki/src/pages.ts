import { type Access, mayTouch, type WikiId } from '@lib/acl';
import { Parameters, withinReach } from './keyword-reach.js';
import { type LinkMap, linkMap, type LinkMapFilter } from './link-map.js';
import { countCategories, countFolders, countTags } from './page-labels.js';
import { linkGraph, linksOfPage } from './page-links.js';
import { listPages } from './page-list.js';
import { readablePath } from './page-path.js';
import { PageReader, type ReaderOptions } from './page-reader.js';
import type { PageAddress, PageFilter, PageRow, PageView } from './page-view.js';
import { findSection } from './sections.js';

interface Asked {
  path: string;
  revision?: string | undefined;
  section?: string | undefined;
}

/** Reads pages, lists them, and tells how they hang together. */
export class Pages {
  private readonly reader: PageReader;

  constructor(private readonly given: ReaderOptions) {
    this.reader = new PageReader(given);
  }

  /** A page, or one section of it, as it is or as it was at a revision. */
  async read(access: Access<'page.read'>, { path, revision, section }: Asked): Promise<PageView> {
    const view = await this.reader.read(access, readablePath(path), revision);
    if (section === undefined || section === '') return view;
    const part = findSection(view.content, section);
    return { ...view, content: part.text, section: part.path };
  }

  /** The bytes of a page as they lie in git, as it is or as it was at a revision. */
  source(
    access: Access<'page.read'>,
    { path, revision }: { path: string; revision?: string | undefined },
  ): Promise<{ bytes: Buffer; blob: string }> {
    return this.reader.source(access, readablePath(path), revision);
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
    return linksOfPage(this.given.database, access, path);
  }

  /** All pages and the links between them; wanted pages are nodes too. */
  async graph(access: Access<'page.read'>): Promise<{ nodes: string[]; edges: { source: string; target: string }[] }> {
    await this.given.catalogue.fresh(access.wiki.id);
    return linkGraph(this.given.database, access);
  }

  /** Pages and the links between them as a picture shows them: narrowed, and of very many pages the most linked. */
  async linkMap(access: Access<'page.read'>, { around, ...filter }: LinkMapFilter): Promise<LinkMap> {
    const path = around === undefined ? undefined : readablePath(around);
    if (path !== undefined) mayTouch(access, path);
    await this.given.catalogue.fresh(access.wiki.id);
    return linkMap(this.given.database, access, { ...filter, around: path });
  }

  /** Those of these pages that there are, in the order in which they were asked for. */
  async named(access: Access<'page.read'>, paths: readonly string[]): Promise<{ path: string; name: string }[]> {
    await this.given.catalogue.fresh(access.wiki.id);
    const parameters = new Parameters();
    const within = withinReach(access, 'p', parameters);
    const asked = parameters.add(paths.map((path) => path.replace(/[\p{Cs}\0]/gu, '\uFFFD')));
    return this.given.database.query<{ path: string; name: string }[]>(
      `SELECT path, name FROM pages p WHERE ${within} AND path = ANY(${asked}::text[])
       ORDER BY array_position(${asked}::text[], path)`,
      parameters.values,
    );
  }

  /** Folders that have pages, with the number of those at any depth below. */
  async folders(access: Access<'page.read'>): Promise<{ name: string; pages: number }[]> {
    await this.given.catalogue.fresh(access.wiki.id);
    return countFolders(this.given.database, access);
  }

  /** Categories of the wiki and those in use, with the number of their pages. */
  async categories(access: Access<'page.read'>): Promise<{ name: string; pages: number; listed: boolean }[]> {
    await this.given.catalogue.fresh(access.wiki.id);
    const { categories } = await this.given.settings.of(access.wiki.id);
    return countCategories(this.given.database, access, categories);
  }

  /** Tags in use, with the number of their pages. */
  async tags(access: Access<'page.read'>): Promise<{ name: string; pages: number }[]> {
    await this.given.catalogue.fresh(access.wiki.id);
    return countTags(this.given.database, access);
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

  /** Part of the paths of all pages, for those who read on to the end. */
  async addresses(
    access: Access<'page.read'>,
    { offset, limit }: { offset: number; limit: number },
  ): Promise<PageAddress[]> {
    if (offset === 0) await this.given.catalogue.fresh(access.wiki.id);
    const parameters = new Parameters();
    const within = withinReach(access, 'p', parameters);
    return this.given.database.query<PageAddress[]>(
      `SELECT path, name, updated_at AS "updatedAt" FROM pages p WHERE ${within}
       ORDER BY path OFFSET ${parameters.add(offset)} LIMIT ${parameters.add(limit)}`,
      parameters.values,
    );
  }

  /** How many pages wikis have, and when one of them was changed last, as far as their catalogues know. */
  async extents(wikis: readonly WikiId[]): Promise<Map<WikiId, { pages: number; updatedAt: Date }>> {
    const rows = await this.given.database.query<{ wiki: WikiId; pages: string; updated_at: Date }[]>(
      'SELECT wiki, count(*) AS pages, max(updated_at) AS updated_at FROM pages WHERE wiki = ANY($1::uuid[]) GROUP BY wiki',
      [wikis],
    );
    return new Map(rows.map(({ wiki, pages, updated_at: updatedAt }) => [wiki, { pages: Number(pages), updatedAt }]));
  }

  /** How many pages a wiki has. */
  async count(wiki: WikiId): Promise<number> {
    await this.given.catalogue.fresh(wiki);
    const [row] = await this.given.database.query<[{ count: string }]>('SELECT count(*) FROM pages WHERE wiki = $1', [
      wiki,
    ]);
    return Number(row.count);
  }
}
