import type { DataSource, EntityManager } from 'typeorm';
import { AclError } from './acl-errors.js';
import type { Changes } from './changes.js';
import { rowOf, rowsOf } from './rows.js';
import { type Person, personNamed, userNotFound } from './user-rows.js';
import type { UserId, WikiId } from './wiki-ref.js';

interface Given {
  database: DataSource;
  changes: Changes;
}

const otherOperators = `
  SELECT 1 FROM users WHERE is_admin AND suspended_at IS NULL AND id <> $1 LIMIT 1 FOR NO KEY UPDATE`;

/** Shuts somebody out, or lets them in again: sessions end, and tokens do not work meanwhile. What they wrote stays. */
export async function setSuspended({ database, changes }: Given, username: string, isOut: boolean): Promise<Person> {
  const person = await database.transaction(async (manager) => {
    const held = await hold(manager, username);
    if (isOut) await requireOtherOperator(manager, held);
    await rowsOf(manager, `UPDATE users SET suspended_at = CASE WHEN $2 THEN now() END WHERE id = $1`, [
      held.id,
      isOut,
    ]);
    if (isOut) await rowsOf(manager, 'DELETE FROM sessions WHERE user_id = $1', [held.id]);
    return held;
  });
  await changes.user(person.id);
  return person;
}

/**
 * Removes an account with all that is its own: sign-in, tokens, sessions, roles. Refused while it owns wikis. The name
 * is kept from others for a year.
 */
export async function removeAccount({ database, changes }: Given, username: string): Promise<Person> {
  const { person, wikis } = await database.transaction(async (manager) => {
    const held = await hold(manager, username);
    await requireOtherOperator(manager, held);
    await requireNoWikis(manager, held);
    const shared = await rowsOf<{ id: WikiId }>(manager, 'SELECT wiki_id AS id FROM grants WHERE user_id = $1', [
      held.id,
    ]);
    await rowsOf(manager, 'DELETE FROM users WHERE id = $1', [held.id]);
    const release = 'UPDATE names SET released_at = now() WHERE user_id = $1 AND released_at IS NULL';
    await rowsOf(manager, release, [held.id]);
    return { person: held, wikis: shared };
  });
  await changes.user(person.id);
  for (const { id } of wikis) await changes.wiki(id);
  return person;
}

/** Holds an account until the end of the transaction: nothing is given to it meanwhile. */
async function hold(manager: EntityManager, username: string): Promise<Person> {
  const person = await personNamed(manager, username);
  if (person === null) throw userNotFound(username);
  const sql = 'SELECT id FROM users WHERE id = $1 FOR UPDATE';
  if ((await rowOf<{ id: UserId }>(manager, sql, [person.id])) === null) throw userNotFound(username);
  return person;
}

async function requireOtherOperator(manager: EntityManager, { id, username, isAdmin }: Person): Promise<void> {
  if (!isAdmin || (await rowOf(manager, otherOperators, [id])) !== null) return;
  throw new AclError('denied', `${username} is the only operator of this platform. Make another one first.`);
}

async function requireNoWikis(manager: EntityManager, { id, username }: Person): Promise<void> {
  const sql = 'SELECT slug, state FROM wikis WHERE owner_id = $1 ORDER BY slug';
  const wikis = await rowsOf<{ slug: string; state: string }>(manager, sql, [id]);
  if (wikis.length === 0) return;
  const named = wikis.map(({ slug, state }) => `@${username}/${slug}${state === 'deleted' ? ' (deleted)' : ''}`);
  const text = `${username} owns wikis: ${named.join(', ')}. They are erased seven days after their deletion; the account can be removed then.`;
  throw new AclError('denied', text);
}
