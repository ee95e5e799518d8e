import type { AccountAction, WikiAction } from './actions.js';
import type { Actor, Role, SignedInActor } from './actor.js';
import type { WikiRef } from './wiki-ref.js';

/** Not exported, so nothing outside this file can write an Access by hand: only `Acl` hands one out. */
declare const granted: unique symbol;

/** The proof that this actor may do this action on this wiki. */
export interface Access<A extends WikiAction = WikiAction> {
  readonly action: A;
  readonly actor: Actor;
  readonly wiki: WikiRef;
  /** Null is someone without a role who reads a public wiki, or the system itself. */
  readonly role: Role | null;
  /** The path prefixes a token is limited to; null is every path. */
  readonly paths: readonly string[] | null;
  readonly [granted]: A;
}

/** The proof that this person may do this with their account. */
export interface AccountAccess<A extends AccountAction = AccountAction> {
  readonly action: A;
  readonly actor: SignedInActor;
  readonly [granted]: A;
}
