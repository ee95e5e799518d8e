import type { AclErrorCode } from './acl-errors.js';
import { accountActionRow, wikiActionRow, type AccountAction, type WikiAction } from './actions.js';
import type { Actor, Role } from './actor.js';
import type { WikiRef } from './wiki-ref.js';

/** A yes, or a no that says which error it is and why, in a sentence for the one who asked. */
export type Verdict = { allowed: true } | { allowed: false; code: AclErrorCode; reason: string; extra?: object };

/** Everything a decision about a wiki depends on. */
export interface Question {
  action: WikiAction;
  actor: Actor;
  wiki: WikiRef;
  role: Role | null;
  billing: 'off' | 'on';
}

const yes: Verdict = { allowed: true };
const no = (code: AclErrorCode, reason: string, extra?: object): Verdict => ({ allowed: false, code, reason, extra });

/** Whether this actor may do this to this wiki: sight first, then the role, the token, and the plan last. */
export function decide(question: Question): Verdict {
  if (question.actor.kind === 'system') return yes;
  return unseen(question) ?? byRole(question) ?? byToken(question) ?? byPlan(question) ?? yes;
}

/** Whether this actor may do this with their account, or with the platform. */
export function decideAccount(action: AccountAction, actor: Actor): Verdict {
  const row = accountActionRow(action);
  if (actor.kind === 'nobody') return no('sign-in-required', 'Sign in, or send a token, to do this.');
  if (actor.userId === null) return no('denied', 'This takes a person; the system has no account.');
  if (row.adminOnly && !actor.isAdmin) return no('denied', 'Only operators of the platform may do this.');
  if (actor.token === null) return yes;
  if (hasExpired(actor)) return no('bad-credential', 'This token has expired.');
  if (!row.narrowTokens && (actor.token.wikis !== null || actor.token.paths !== null)) {
    return no('scope-too-narrow', 'This token is limited to some wikis or paths and cannot act for the whole account.');
  }
  return lacksVerb(actor, row.verb) ?? yes;
}

function unseen({ actor, wiki, role }: Question): Verdict | null {
  const outside = actor.token?.wikis != null && !actor.token.wikis.includes(wiki.id);
  if (wiki.visibility === 'public') {
    return outside ? no('scope-too-narrow', 'This token is limited to other wikis.') : null;
  }
  if (role !== null && !outside) return null;
  if (actor.kind === 'nobody') return no('sign-in-required', 'Sign in, or send a token, to do this.');
  return no('wiki-not-found', 'There is no such wiki, or you may not see it.');
}

function byRole({ action, actor, wiki, role }: Question): Verdict | null {
  const row = wikiActionRow(action);
  if (role !== null && row.roles.includes(role)) return null;
  if (row.public && wiki.visibility === 'public') return null;
  if (actor.kind === 'nobody') return no('sign-in-required', 'This wiki is open for reading; sign in to do more.');
  const standing = role === null ? 'you have no role on it' : `you are ${article(role)} ${role}`;
  return no('denied', `On this wiki that takes ${list(row.roles)}, and ${standing}.`, { action, role });
}

function byToken({ action, actor }: Question): Verdict | null {
  const row = wikiActionRow(action);
  if (actor.token === null) return null;
  if (hasExpired(actor)) return no('bad-credential', 'This token has expired.');
  if (row.whole && actor.token.paths !== null) {
    const limits = actor.token.paths.join(', ');
    return no('path-outside-token', `This token is limited to ${limits}, and this concerns the whole wiki.`);
  }
  return lacksVerb(actor, row.verb);
}

function byPlan({ action, actor, wiki, billing }: Question): Verdict | null {
  const row = wikiActionRow(action);
  const stopped = actor.door === 'mcp' || (row.whenLapsed === undefined ? row.changes : !row.whenLapsed);
  if (billing === 'on' && wiki.paymentStatus === 'lapsed' && stopped) {
    const what = 'The payment for this wiki has lapsed: it is read-only and MCP is off.';
    return no('wiki-lapsed', `${what} Reading, cloning, exporting and deleting still work.`);
  }
  if (row.feature === undefined || wiki.limits[row.feature]) return null;
  const { what, otherwise } = features[row.feature];
  const reason =
    billing === 'on'
      ? `${what} is not part of the ${wiki.plan} plan of this wiki; its owner can upgrade it.`
      : `The operator of this server does not allow this: ${what.toLowerCase()}.`;
  return no('plan-refuses', reason + otherwise, { limit: row.feature, plan: wiki.plan });
}

const features = {
  push: { what: 'Pushing', otherwise: ' Clone and fetch work, and pages can be written by REST and MCP.' },
  customSlug: { what: 'A custom slug', otherwise: '' },
} as const;

function lacksVerb({ token }: Actor, verb: string): Verdict | null {
  if (token === null || token.verbs.some((allowed) => allowed === verb)) return null;
  const allowed = token.verbs.join(' and ') || 'do nothing';
  return no('scope-too-narrow', `This needs a token with the right to ${verb}; this one may ${allowed}.`, { verb });
}

const hasExpired = ({ token }: Actor) => token?.expiresAt != null && token.expiresAt.getTime() <= Date.now();
const article = (role: Role) => (role === 'viewer' ? 'a' : 'an');
const list = (roles: readonly Role[]) => roles.map((role) => `${article(role)} ${role}`).join(' or ');
