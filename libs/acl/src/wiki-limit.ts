import type { EntityManager } from 'typeorm';
import { AclError } from './acl-errors.js';
import { freeWikisPerPerson, type Plans } from './plans.js';
import type { PaymentStatus, Plan, UserId } from './wiki-ref.js';

/** What a new wiki starts with: everything while billing is off, the free plan unless another was bought while it is on. */
export function planOf(plans: Plans, wanted: Plan | undefined): { plan: Plan; paymentStatus: PaymentStatus } {
  const plan = wanted ?? (plans.billing === 'off' ? 'premium' : 'free');
  return { plan, paymentStatus: plan === 'free' ? 'free' : 'active' };
}

/** Refuses a free wiki too many. The owner's row is locked, so that two creations at once cannot both pass. */
export async function checkWikiLimit(manager: EntityManager, owner: UserId, plans: Plans, plan: Plan): Promise<void> {
  await manager.query('SELECT 1 FROM users WHERE id = $1 FOR UPDATE', [owner]);
  if (plans.billing === 'off' || plan !== 'free') return;
  const [{ count }] = await manager.query<[{ count: string }]>(
    `SELECT count(*) FROM wikis WHERE owner_id = $1 AND plan = 'free' AND state <> 'deleted'`,
    [owner],
  );
  if (Number(count) < freeWikisPerPerson) return;
  const message = `The free plan has ${freeWikisPerPerson} wiki for each person. Upgrade to make another one.`;
  throw new AclError('limit-reached', message, { limit: 'wikis', max: freeWikisPerPerson });
}
