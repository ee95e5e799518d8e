import type { Role } from './actor.js';
import { isUuid, type Queryable, rowOf } from './rows.js';
import type { UserId, WikiAddress } from './wiki-ref.js';
import { wikiColumns, type WikiRow, wikiTables } from './wiki-rows.js';

/** A wiki, and the role somebody has on it. */
export type FoundWiki = WikiRow & { role: Role | null };

type State = WikiRow['state'];

/*
 * One statement for every address, for wikis that are there, hidden or missing alike. A custom slug comes first;
 * it also stands in both places, as in the git address `{slug}.domain/{slug}.git`.
 */
const found = `
  SELECT ${wikiColumns}, CASE WHEN w.owner_id = $4 THEN 'owner' ELSE g.role END AS role
  FROM ${wikiTables} LEFT JOIN grants g ON g.wiki_id = w.id AND g.user_id = $4
  WHERE w.state = ANY($5) AND w.id = COALESCE(
    $1::uuid,
    (SELECT wiki_id FROM names WHERE name = $2 AND $2 = $3 AND kind = 'wiki' AND released_at IS NULL),
    (SELECT x.id FROM wikis x JOIN users u ON u.id = x.owner_id WHERE u.username = $2 AND x.slug = $3))`;

/** Finds a wiki by its address, and what a person is on it, in one question. */
export function findWiki(
  database: Queryable,
  address: WikiAddress,
  user: UserId | null,
  states: readonly State[] = ['active'],
): Promise<FoundWiki | null> {
  return rowOf<FoundWiki>(database, found, [...parametersOf(address), user, states]);
}

const custom = `SELECT 1 FROM names WHERE name = $1 AND kind = 'wiki' AND released_at IS NULL`;

/** Whether a name is the custom slug of a wiki. */
export async function isCustomSlug(database: Queryable, name: string): Promise<boolean> {
  return named(name) !== null && (await rowOf(database, custom, [name])) !== null;
}

/** The same text for the same address; what no name of ours looks like is told apart no further. */
export const addressKey = (address: WikiAddress): string => parametersOf(address).join('/');

// PostgreSQL refuses some texts outright; what cannot be a name or an id finds nothing, as a missing one does.
function parametersOf(address: WikiAddress): [string | null, string | null, string | null] {
  if ('id' in address) return [isUuid(address.id) ? address.id : null, null, null];
  if ('customSlug' in address) return [null, named(address.customSlug), named(address.customSlug)];
  return [null, named(address.owner), named(address.slug)];
}

const named = (text: string) => (/^[a-z0-9-]{1,64}$/.test(text) ? text : null);
