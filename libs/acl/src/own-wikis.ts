import type { Actor, Role } from './actor.js';
import { type Queryable, rowsOf } from './rows.js';
import { wikiColumns, type WikiRow, wikiTables } from './wiki-rows.js';

type Standing<R> = WikiRow & { role: R };

const role = `CASE WHEN w.owner_id = $1 THEN 'owner' ELSE g.role END`;
const tables = `${wikiTables} LEFT JOIN grants g ON g.wiki_id = w.id AND g.user_id = $1`;

const mine = `
  SELECT ${wikiColumns}, ${role} AS role FROM ${tables}
  WHERE w.state = 'active' AND (w.owner_id = $1 OR g.role IS NOT NULL) AND ($2::uuid[] IS NULL OR w.id = ANY($2))
  ORDER BY o.username, w.slug`;

const seen = `
  SELECT ${wikiColumns}, ${role} AS role FROM ${tables}
  WHERE w.state = 'active' AND o.username = $2
    AND (w.visibility = 'public'
      OR ((w.owner_id = $1 OR g.role IS NOT NULL) AND ($3::uuid[] IS NULL OR w.id = ANY($3))))
  ORDER BY lower(w.name), w.slug LIMIT $4`;

/** The wikis an actor has a role on, as far as their token reaches. */
export async function ownWikis(database: Queryable, { userId, token }: Actor): Promise<Standing<Role>[]> {
  if (userId === null) return [];
  return rowsOf(database, mine, [userId, token?.wikis ?? null]);
}

/** The wikis of an owner that an actor may see. */
export function seenWikis(
  database: Queryable,
  { userId, token }: Actor,
  { owner, limit }: { owner: string; limit: number },
): Promise<Standing<Role | null>[]> {
  return rowsOf(database, seen, [userId, owner, token?.wikis ?? null, limit]);
}
