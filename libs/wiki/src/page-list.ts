import type { Access } from '@lib/acl';
import type { DataSource } from 'typeorm';
import { badCursor, cursorOf, placeOf } from './cursors.js';
import { dateOf } from './iso-dates.js';
import { Parameters, withinReach } from './keyword-reach.js';
import { among } from './narrowing.js';
import type { PageFilter, PageRow } from './page-view.js';

interface Row extends PageRow {
  order_key: string;
}

const columns = `listed.name, listed.path, listed.category, listed.updated_at AS "updatedAt", listed.words, listed.revision,
  to_char(listed.updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.USZ') AS order_key,
  ARRAY(SELECT tag FROM page_tags t WHERE t.wiki = listed.wiki AND t.path = listed.path ORDER BY position) AS tags`;
const orders = {
  path: { by: 'listed.path', after: '>' },
  oldest: { by: 'listed.updated_at, listed.path', after: '>' },
  newest: { by: 'listed.updated_at DESC, listed.path DESC', after: '<' },
} as const;

/** One part of the list of pages, how many there are altogether, and where the next part begins. */
export async function listPages(database: DataSource, access: Access, filter: PageFilter) {
  const { order = 'path', limit = 200 } = filter;
  const counting = new Parameters();
  const [counted] = await database.query<[{ count: string }]>(
    `SELECT count(*) FROM pages listed WHERE ${conditions(access, filter, counting)}`,
    counting.values,
  );
  const parameters = new Parameters();
  const where = [conditions(access, filter, parameters), after(filter, parameters)].join(' AND ');
  const rows = await database.query<Row[]>(
    `SELECT ${columns} FROM pages listed WHERE ${where} ORDER BY ${orders[order].by} LIMIT ${parameters.add(limit + 1)}`,
    parameters.values,
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next =
    rows.length > limit && last !== undefined ? cursorOf(`pages ${order}`, [last.order_key, last.path]) : null;
  return { pages: shown.map(({ order_key: _, ...row }): PageRow => row), total: Number(counted.count), next };
}

function conditions(access: Access, filter: PageFilter, parameters: Parameters): string {
  const { updatedSince, updatedBefore } = filter;
  const parts = [withinReach(access, 'listed', parameters), among(storableFilter(filter), 'listed', parameters)];
  if (updatedSince !== undefined) parts.push(`listed.updated_at >= ${parameters.add(dateOf(updatedSince))}`);
  if (updatedBefore !== undefined) parts.push(`listed.updated_at < ${parameters.add(dateOf(updatedBefore))}`);
  return parts.join(' AND ');
}

function after({ order = 'path', cursor }: PageFilter, parameters: Parameters): string {
  if (cursor === undefined) return 'true';
  const [time, path] = placeOf(`pages ${order}`, ['string', 'string'], cursor);
  if (order === 'path') return `listed.path > ${parameters.add(path)}::text COLLATE "C"`;
  const place = `(${parameters.add(timeOfCursor(String(time)))}::timestamptz, ${parameters.add(path)}::text COLLATE "C")`;
  return `(listed.updated_at, listed.path) ${orders[order].after} ${place}`;
}

/** No page has a NUL in its path, category or tag, and PostgreSQL takes none. */
function storableFilter({ prefix, category, tag }: PageFilter) {
  const plain = (text: string | undefined) => text?.replace(/[\p{Cs}\0]/gu, '\uFFFD');
  const given = { prefix: plain(prefix), category: plain(category), tag: plain(tag) };
  return Object.fromEntries(Object.entries(given).filter(([, text]) => text !== undefined));
}

function timeOfCursor(time: string): string {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(time) || Number.isNaN(Date.parse(time))) throw badCursor();
  return time;
}
