import type { Plans } from './plans.js';
import type { PaymentStatus, Plan, Visibility, WikiAddress, WikiRef } from './wiki-ref.js';

/** A wiki as the database gives it, with what belongs to it in other tables. */
export interface WikiRow {
  id: string;
  owner_id: string;
  owner_username: string;
  slug: string;
  custom_slug: string | null;
  name: string;
  purpose: string | null;
  visibility: Visibility;
  plan: Plan;
  payment_status: PaymentStatus;
  state: 'creating' | 'active' | 'deleted';
  deleted_at: Date | null;
  created_at: Date;
  last_accessed: Date | null;
}

/** The select list and joins that make a `WikiRow`. */
export const wikiColumns = `
  w.id, w.owner_id, owner.username AS owner_username, w.slug, custom.name AS custom_slug, w.name, w.purpose,
  w.visibility, w.plan, w.payment_status, w.state, w.deleted_at, w.created_at, w.last_accessed`;

export const wikiTables = `
  wikis w
  JOIN users owner ON owner.id = w.owner_id
  LEFT JOIN names custom ON custom.wiki_id = w.id AND custom.kind = 'wiki' AND custom.released_at IS NULL`;

/** A wiki as everyone outside this room sees it. */
export function wikiRefOf(row: WikiRow, plans: Plans): WikiRef {
  return {
    id: row.id,
    owner: { id: row.owner_id, username: row.owner_username },
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

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const nothing = '00000000-0000-0000-0000-000000000000';

/** The condition that finds the wiki of an address, and its parameters; `first` is the number of the first. */
export function whereAddress(address: WikiAddress, first: number): { where: string; parameters: string[] } {
  const [one, two] = [`$${first}`, `$${first + 1}`];
  if ('id' in address) return { where: `w.id = ${one}`, parameters: [uuid.test(address.id) ? address.id : nothing] };
  if ('customSlug' in address) return { where: `custom.name = ${one}`, parameters: [storable(address.customSlug)] };
  const { owner, slug } = address;
  const named = `(owner.username = ${one} AND w.slug = ${two})`;
  // A wiki with an address of its own is also `{slug}/{slug}`; users and such addresses share their names.
  const where = owner === slug ? `(${named} OR custom.name = ${one})` : named;
  return { where, parameters: [storable(owner), storable(slug)] };
}

/** Text of an address may hold anything; PostgreSQL takes no NUL, and no name holds one. */
const storable = (text: string): string => text.replaceAll('\0', '\uFFFD');
