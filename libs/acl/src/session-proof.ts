import { AclError } from './acl-errors.js';
import type { SignedInActor } from './actor.js';
import { type Queryable, rowOf } from './rows.js';

/** So long a sign-in, or a password given again, is proof enough. */
const minutes = 15;

/** The session from which somebody asks; tokens have none, and may not do what would outlive them. */
export function ownSession({ session }: SignedInActor): string {
  if (session === undefined) throw new AclError('denied', 'Only whoever is signed in with a browser may do that.');
  return session;
}

/** Whether somebody proved not long ago that they sit at the browser. */
export async function isProved(database: Queryable, actor: SignedInActor): Promise<boolean> {
  const sql = `SELECT 1 FROM sessions WHERE id = $1 AND proved_at > now() - interval '${minutes} minutes'`;
  return (await rowOf(database, sql, [ownSession(actor)])) !== null;
}

/** Refuses what a stolen session must not do. */
export async function requireProof(database: Queryable, actor: SignedInActor): Promise<void> {
  if (await isProved(database, actor)) return;
  throw new AclError('proof-required', 'It is a while since you signed in. Confirm that it is you, then try again.');
}
