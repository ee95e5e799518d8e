import { AclError } from './acl-errors.js';
import { freeWikisPerPerson, type Plans } from './plans.js';
import { type Queryable, rowOf } from './rows.js';
import type { PaymentStatus, Plan, UserId, WikiId } from './wiki-ref.js';

/** What a new wiki is bought as; with billing off every wiki has everything. */
export function boughtAs(plans: Plans, wanted: Plan | undefined): { plan: Plan; paymentStatus: PaymentStatus } {
  const plan = plans.billing === 'off' ? 'premium' : (wanted ?? 'free');
  return { plan, paymentStatus: paymentOf(plan) };
}

/** How payments stand when nothing else is said. */
export const paymentOf = (plan: Plan): PaymentStatus => (plan === 'free' ? 'free' : 'active');

/** Holds an owner until the end of the transaction, so that what is counted now is still true at its commit. */
export async function holdOwner(database: Queryable, owner: UserId): Promise<void> {
  await rowOf(database, 'SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE', [owner]);
}

/** Refuses one free wiki too many; `except` is the wiki itself when it comes back. The owner has to be held. */
export async function roomForFreeWiki(database: Queryable, owner: UserId, except: WikiId | null): Promise<void> {
  const sql = `SELECT count(*)::int AS count FROM wikis
    WHERE owner_id = $1 AND plan = 'free' AND state <> 'deleted' AND id IS DISTINCT FROM $2`;
  const row = await rowOf<{ count: number }>(database, sql, [owner, except]);
  if ((row?.count ?? 0) < freeWikisPerPerson) return;
  const message = `You have ${freeWikisPerPerson} wiki on the free plan, and a person may have ${freeWikisPerPerson}. `;
  const way = 'Take the premium plan for this one, or upgrade or delete the other.';
  throw new AclError('limit-reached', message + way, { limit: 'free_wikis', max: freeWikisPerPerson });
}
