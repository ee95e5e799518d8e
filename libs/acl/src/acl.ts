import type { DataSource } from 'typeorm';
import type { Access, AccountAccess } from './access.js';
import type { AccessCache } from './access-cache.js';
import { AclError, wikiNotFound } from './acl-errors.js';
import { type AccountAction, type WikiAction, wikiActions } from './actions.js';
import type { Actor, Role } from './actor.js';
import { nobodyActor, systemActor } from './actors.js';
import { manualWiki } from './manual-wiki.js';
import { nowhere } from './nowhere.js';
import { ownWikis } from './own-wikis.js';
import type { Plans } from './plans.js';
import { decide, decideAccount, type Verdict } from './rules.js';
import type { WikiAddress, WikiId, WikiRef } from './wiki-ref.js';
import { addressKey, findWiki, isCustomSlug } from './wiki-lookup.js';
import { wikiRef } from './wiki-rows.js';

/** What the Acl works with; without a cache every question goes to the database. */
export interface AclOptions {
  database: DataSource;
  plans: Plans;
  cache?: AccessCache;
}

interface Standing {
  wiki: WikiRef;
  role: Role | null;
}

/** Decides who may do what, and hands out the proof of it; nothing else makes an Access. */
export class Acl {
  constructor(private readonly options: AclOptions) {}

  /** The proof of a right on a wiki, or a refusal that tells a hidden wiki from a missing one to nobody. */
  async require<A extends WikiAction>(action: A, actor: Actor, address: WikiAddress): Promise<Access<A>> {
    return this.granted(action, actor, await this.standing(actor, address));
  }

  /** The proofs of a right on all wikis on which the actor has a role and that right. */
  async everywhere<A extends WikiAction>(action: A, actor: Actor): Promise<Access<A>[]> {
    const { database, plans } = this.options;
    const standings = (await ownWikis(database, actor)).map((row) => ({ wiki: wikiRef(row, plans), role: row.role }));
    return standings
      .filter((standing) => decide({ action, actor, ...standing, billing: plans.billing }).allowed)
      .map((standing) => this.granted(action, actor, standing));
  }

  /** The proof of a right on the account of the actor, or on the platform. */
  requireAccount<A extends AccountAction>(action: A, actor: Actor): AccountAccess<A> {
    insist(decideAccount(action, actor));
    return proof<AccountAccess<A>>({ action, actor });
  }

  /** Whether `requireAccount` would give the right. */
  canAccount(action: AccountAction, actor: Actor): boolean {
    return decideAccount(action, actor).allowed;
  }

  /** Another right on the same wiki, from what is known already. */
  also<A extends WikiAction>(access: Access, action: A): Access<A> {
    return this.granted(action, access.actor, access);
  }

  /** Whether `also` would give the right. */
  can({ actor, wiki, role }: Access, action: WikiAction): boolean {
    return decide({ action, actor, wiki, role, billing: this.options.plans.billing }).allowed;
  }

  /** Everything that may or may not be done on this wiki, for pages and programs that show only what works. */
  abilities(access: Access): Record<WikiAction, boolean> {
    const pairs = wikiActions.map((action) => [action, this.can(access, action)] as const);
    return Object.fromEntries(pairs) as Record<WikiAction, boolean>;
  }

  /** The right of the system itself, for jobs and commands; half-made wikis are there for it. */
  async system<A extends WikiAction>(action: A, wiki: WikiId): Promise<Access<A>> {
    const found = await findWiki(this.options.database, { id: wiki }, null, ['creating', 'active']);
    if (found === null) throw wikiNotFound();
    return this.granted(action, systemActor('system'), { wiki: wikiRef(found, this.options.plans), role: null });
  }

  /** The right to search the documentation: that of everybody, whoever asks. */
  manual(): Access<'search.use'> {
    return this.granted('search.use', nobodyActor('web'), { wiki: manualWiki, role: null });
  }

  /** The right to restore a deleted wiki; for everyone but its owner it does not exist. */
  async restorable(actor: Actor, address: { owner: string; slug: string }): Promise<Access<'wiki.restore'>> {
    const { database, plans } = this.options;
    const found = await findWiki(database, address, actor.userId, ['deleted']);
    if (found === null) return this.granted('wiki.restore', actor, null);
    // Hidden from all but its owner, however public it was.
    const wiki = { ...wikiRef(found, plans), visibility: 'private' as const };
    return this.granted('wiki.restore', actor, { wiki, role: found.role === 'owner' ? 'owner' : null });
  }

  /** Whether a name is the custom slug of a wiki, whoever may see that; it says how an address is read, and no more. */
  isCustomSlug(name: string): Promise<boolean> {
    const { database, cache } = this.options;
    const load = () => isCustomSlug(database, name);
    return cache === undefined ? load() : cache.remember(`slug ${name}`, load);
  }

  private async standing(actor: Actor, address: WikiAddress): Promise<Standing | null> {
    const { database, plans, cache } = this.options;
    const load = async () => {
      const found = await findWiki(database, address, actor.userId);
      return found === null ? null : { wiki: wikiRef(found, plans), role: found.role };
    };
    return cache === undefined ? load() : cache.remember(`${actor.userId}@${addressKey(address)}`, load);
  }

  private granted<A extends WikiAction>(action: A, actor: Actor, found: Standing | null): Access<A> {
    const { wiki, role } = found ?? { wiki: nowhere, role: null };
    insist(decide({ action, actor, wiki, role, billing: this.options.plans.billing }));
    if (found === null) throw wikiNotFound();
    return proof<Access<A>>({ action, actor, wiki, role, paths: actor.token?.paths ?? null });
  }
}

function insist(verdict: Verdict): void {
  if (!verdict.allowed) throw new AclError(verdict.code, verdict.reason, { ...verdict.extra });
}

// The one place where a proof comes into being.
const proof = <P extends Access | AccountAccess>(facts: object): P => facts as P;
