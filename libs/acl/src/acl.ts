import type { DataSource } from 'typeorm';
import type { Access, AccountAccess } from './access.js';
import type { AccessCache } from './access-cache.js';
import { AclError, wikiNotFound } from './acl-errors.js';
import { type AccountAction, wikiActions, type WikiAction } from './actions.js';
import type { Actor, Role } from './actor.js';
import type { Plans } from './plans.js';
import { decide, decideAccount, type Verdict } from './rules.js';
import type { WikiAddress, WikiId, WikiRef } from './wiki-ref.js';
import { whereAddress, wikiColumns, wikiRefOf, type WikiRow, wikiTables } from './wiki-rows.js';

interface Given {
  database: DataSource;
  plans: Plans;
  cache?: AccessCache;
}

type Seen = WikiRow & { role: Role | null };

const systemActor: Actor = {
  kind: 'system',
  door: 'system',
  userId: null,
  username: null,
  displayName: null,
  isAdmin: false,
  token: null,
};

/** Decides who may do what; the only maker of an `Access`. */
export class Acl {
  constructor(private readonly given: Given) {}

  /** The proof that the actor may do this to the wiki of that address; one query, none while it is remembered. */
  async require<A extends WikiAction>(action: A, actor: Actor, address: WikiAddress): Promise<Access<A>> {
    const seen = await this.look(actor, address, 'active');
    return this.grant(action, actor, seen);
  }

  /** The proof that the actor may do this with their account. */
  requireAccount<A extends AccountAction>(action: A, actor: Actor): AccountAccess<A> {
    orThrow(decideAccount(action, actor));
    return { action, actor } as AccountAccess<A>;
  }

  /** The proof of another right on the wiki of an access that is held already. */
  also<A extends WikiAction>(access: Access, action: A): Access<A> {
    orThrow(this.decide(access, action));
    return { ...access, action } as unknown as Access<A>;
  }

  can(access: Access, action: WikiAction): boolean {
    return this.decide(access, action).allowed;
  }

  /** Every right on the wiki of an access, for telling the actor what they may do. */
  abilities(access: Access): Record<WikiAction, boolean> {
    return Object.fromEntries(wikiActions.map((action) => [action, this.can(access, action)])) as Record<
      WikiAction,
      boolean
    >;
  }

  /** A right for work nobody in particular asked for: jobs and the command line. */
  system<A extends WikiAction>(action: A, wiki: WikiId): Promise<Access<A>> {
    return this.require(action, systemActor, { id: wiki });
  }

  /** The right to take the deletion of a wiki back; for all but its owner there is no such wiki. */
  async restorable(actor: Actor, address: { owner: string; slug: string }): Promise<Access<'wiki.restore'>> {
    const seen = await this.look(actor, address, 'deleted');
    return this.grant('wiki.restore', actor, seen);
  }

  private grant<A extends WikiAction>(action: A, actor: Actor, seen: Seen | null): Access<A> {
    // A missing wiki and one that may not be seen are refused by the same rule, with the same words.
    const wiki = seen === null ? nowhere : wikiRefOf(seen, this.given.plans);
    const role = seen === null ? null : roleOf(seen, actor);
    const access = { action, actor, wiki, role, paths: actor.token?.paths ?? null };
    orThrow(this.decide(access, action));
    if (seen === null) throw wikiNotFound();
    return access as unknown as Access<A>;
  }

  private decide({ actor, wiki, role }: Pick<Access, 'actor' | 'wiki' | 'role'>, action: WikiAction): Verdict {
    return decide({ action, actor, wiki, role, billing: this.given.plans.billing });
  }

  private async look(actor: Actor, address: WikiAddress, state: 'active' | 'deleted'): Promise<Seen | null> {
    const key = `wiki ${state} ${actor.userId ?? ''} ${JSON.stringify(address)}`;
    const query = () => this.query(actor, address, state);
    return this.given.cache === undefined ? query() : this.given.cache.through(key, query);
  }

  private async query(actor: Actor, address: WikiAddress, state: 'active' | 'deleted'): Promise<Seen | null> {
    const { where, parameters } = whereAddress(address, 3);
    const rows = await this.given.database.query<Seen[]>(
      `SELECT ${wikiColumns}, granted.role FROM ${wikiTables}
       LEFT JOIN grants granted ON granted.wiki_id = w.id AND granted.user_id = $1
       WHERE w.state = $2 AND ${where} ORDER BY custom.name IS NULL LIMIT 1`,
      [actor.userId, state, ...parameters],
    );
    return rows[0] ?? null;
  }
}

const roleOf = (seen: Seen, actor: Actor): Role | null =>
  actor.userId !== null && seen.owner_id === actor.userId ? 'owner' : seen.role;

function orThrow(verdict: Verdict): void {
  if (!verdict.allowed) throw new AclError(verdict.code, verdict.reason, { ...verdict.extra });
}

/** A wiki that nobody has a role on, for asking the rules about a missing one. */
const nowhere: WikiRef = {
  id: '',
  owner: { id: '', username: '' },
  slug: '',
  customSlug: null,
  name: '',
  purpose: null,
  visibility: 'private',
  plan: 'free',
  paymentStatus: 'free',
  limits: {
    pages: 0,
    attachmentBytes: 0,
    collaborators: 0,
    push: false,
    customSlug: false,
    pageBytes: 0,
    fileBytes: 0,
  },
  createdAt: new Date(0),
};
