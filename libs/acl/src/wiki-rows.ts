import type { Plans } from './plans.js';
import { type Queryable, rowOf } from './rows.js';
import type { PaymentStatus, Plan, Visibility, WikiId, WikiRef } from './wiki-ref.js';

/** A wiki as the database has it, with the names that lie in other tables. */
export interface WikiRow {
  id: string;
  owner_id: string;
  username: string;
  slug: string;
  custom_slug: string | null;
  name: string;
  purpose: string | null;
  visibility: Visibility;
  plan: Plan;
  payment_status: PaymentStatus;
  state: 'creating' | 'active' | 'deleted';
  created_at: Date;
  deleted_at: Date | null;
  last_accessed: Date | null;
}

/** What every question about wikis selects, and from where. */
export const wikiColumns = `w.id, w.owner_id, o.username, w.slug, n.name AS custom_slug, w.name, w.purpose,
  w.visibility, w.plan, w.payment_status, w.state, w.created_at, w.deleted_at, w.last_accessed`;
export const wikiTables = `wikis w JOIN users o ON o.id = w.owner_id
  LEFT JOIN names n ON n.wiki_id = w.id AND n.released_at IS NULL`;

/** A row as everyone outside sees it. */
export function wikiRef(row: WikiRow, plans: Plans): WikiRef {
  return {
    id: row.id,
    owner: { id: row.owner_id, username: row.username },
    slug: row.slug,
    customSlug: row.custom_slug,
    name: row.name,
    purpose: row.purpose,
    visibility: row.visibility,
    plan: row.plan,
    paymentStatus: row.payment_status,
    limits: plans.limitsOf(row.plan),
    createdAt: row.created_at,
  };
}

/** The row of a wiki in any state. */
export function wikiRow(database: Queryable, id: WikiId): Promise<WikiRow | null> {
  return rowOf<WikiRow>(database, `SELECT ${wikiColumns} FROM ${wikiTables} WHERE w.id = $1`, [id]);
}
