import { type Access, reaches } from '@lib/acl';
import type { DataSource } from 'typeorm';
import { Parameters, withinReach } from './keyword-reach.js';
import { among } from './narrowing.js';
import { leading } from './page-links.js';

/** Which part of the links of a wiki is wanted. */
export interface LinkMapFilter {
  prefix?: string | undefined;
  tag?: string | undefined;
  category?: string | undefined;
  /** Only pages that so many links or fewer lead to from this one, in either direction. */
  around?: string | undefined;
  depth?: number | undefined;
  /** Of more pages than this, the most linked are taken. */
  limit?: number | undefined;
}

/** A page, or a page that is wanted, among those that link to each other. */
export interface MappedPage {
  path: string;
  name: string;
  category: string | null;
  /** How many other pages link to it, also from outside the map. */
  linkedFrom: number;
  isMissing: boolean;
}

/** Pages and the links between them, as far as they are shown. */
export interface LinkMap {
  /** The most linked come first; then the pages that are wanted. */
  pages: MappedPage[];
  /** From and to, as places in `pages`. */
  links: [from: number, to: number][];
  /** How many pages the filter lets through, and whether all of them are there. */
  total: number;
  isCut: boolean;
}

type Row = Omit<MappedPage, 'isMissing'> & { total: number };
interface LinkRow {
  path: string;
  page: string;
  state: 'page' | 'missing';
}

const most = { pages: 5_000, wanted: 1_000, links: 40_000, around: 500, depth: 3 };
const elsewhere = `l.page <> l.path AND l.${leading}`;

/** The pages that a filter lets through, and the links between them. */
export async function linkMap(database: DataSource, access: Access, filter: LinkMapFilter): Promise<LinkMap> {
  const paths = filter.around === undefined ? null : await pathsAround(database, access, filter.around, filter.depth);
  const limit = Math.min(filter.limit ?? most.pages, most.pages);
  const rows = await pagesOf(database, access, { ...filter, paths, limit });
  const total = rows[0]?.total ?? 0;
  const links = await linksOf(database, access, paths ?? rows.map(({ path }) => path));
  const pages: MappedPage[] = [
    ...rows.map(({ total: _, ...row }) => ({ ...row, isMissing: false })),
    ...wantedBy(links.filter(({ page }) => paths === null || paths.includes(page))),
  ];
  const map = withFewLinks(pages, placed(pages, links));
  const isCut = rows.length < total || map.pages.length < pages.length || paths?.length === most.around;
  return { ...map, total, isCut };
}

async function pagesOf(
  database: DataSource,
  access: Access,
  { paths, limit, prefix, tag, category }: LinkMapFilter & { paths: string[] | null; limit: number },
): Promise<Row[]> {
  const parameters = new Parameters();
  const linkers = `SELECT l.page, count(DISTINCT l.path)::int AS pages FROM page_links l
    WHERE ${withinReach(access, 'l', parameters)} AND ${elsewhere} GROUP BY l.page`;
  const conditions = [
    withinReach(access, 'p', parameters),
    among({ prefix, tag, category }, 'p', parameters),
    ...(paths === null ? [] : [`p.path = ANY(${parameters.add(paths)}::text[])`]),
  ];
  return database.query<Row[]>(
    `SELECT p.path, p.name, p.category, coalesce(linkers.pages, 0) AS "linkedFrom", count(*) OVER ()::int AS total
     FROM pages p LEFT JOIN (${linkers}) linkers ON linkers.page = p.path
     WHERE ${conditions.join(' AND ')} ORDER BY 4 DESC, p.path LIMIT ${parameters.add(limit)}`,
    parameters.values,
  );
}

/** Links from these pages, as far as the access reaches. */
async function linksOf(database: DataSource, access: Access, paths: readonly string[]): Promise<LinkRow[]> {
  const parameters = new Parameters();
  const rows = await database.query<LinkRow[]>(
    `SELECT DISTINCT l.path, l.page, l.state FROM page_links l
     WHERE ${withinReach(access, 'l', parameters)} AND ${elsewhere} AND l.path = ANY(${parameters.add(paths)}::text[])
     ORDER BY l.path, l.page`,
    parameters.values,
  );
  return rows.filter(({ page }) => reaches(access, page));
}

/** The pages that so many links or fewer lead to, nearest first; the one they lead from is the first of them. */
async function pathsAround(database: DataSource, access: Access, path: string, depth = 1): Promise<string[]> {
  const found = new Set([path]);
  let edge = [path];
  for (let step = 0; step < Math.min(depth, most.depth) && edge.length > 0 && found.size < most.around; step += 1) {
    const next = (await neighbours(database, access, edge)).filter((one) => !found.has(one));
    edge = next.slice(0, most.around - found.size);
    for (const one of edge) found.add(one);
  }
  return [...found];
}

async function neighbours(database: DataSource, access: Access, paths: readonly string[]): Promise<string[]> {
  const parameters = new Parameters();
  const within = withinReach(access, 'l', parameters);
  const some = `ANY(${parameters.add(paths)}::text[])`;
  const rows = await database.query<{ path: string }[]>(
    `SELECT DISTINCT unnest(ARRAY[l.path, l.page]) AS path FROM page_links l
     WHERE ${within} AND ${elsewhere} AND (l.path = ${some} OR l.page = ${some}) ORDER BY 1`,
    parameters.values,
  );
  return rows.map((row) => row.path).filter((one) => reaches(access, one));
}

/** The pages that there are not yet, the most wanted first. */
function wantedBy(links: readonly LinkRow[]): MappedPage[] {
  const wanted = Map.groupBy(
    links.filter(({ state }) => state === 'missing'),
    ({ page }) => page,
  );
  return Array.from(wanted, ([path, some]) => {
    const name = path.split('/').at(-1) ?? path;
    return { path, name, category: null, linkedFrom: some.length, isMissing: true };
  })
    .sort((a, b) => b.linkedFrom - a.linkedFrom || (a.path < b.path ? -1 : 1))
    .slice(0, most.wanted);
}

function placed(pages: readonly MappedPage[], links: readonly LinkRow[]): LinkMap['links'] {
  const places = new Map(pages.map(({ path }, at) => [path, at]));
  return links.flatMap(({ path, page }) => {
    const [from, to] = [places.get(path), places.get(page)];
    return from === undefined || to === undefined ? [] : [[from, to] as [number, number]];
  });
}

/** What is shown of more links than anybody can look at: those between the first pages. */
function withFewLinks(pages: MappedPage[], links: LinkMap['links']): Pick<LinkMap, 'pages' | 'links'> {
  if (links.length <= most.links) return { pages, links };
  const later = (link: [number, number]) => Math.max(...link);
  const sorted = links.toSorted((a, b) => later(a) - later(b));
  const end = later(sorted[most.links] ?? [0, 0]);
  return { pages: pages.slice(0, end), links: sorted.filter((link) => later(link) < end) };
}
