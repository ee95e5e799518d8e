import { describe, expect, it } from 'vitest';
import { accountActions, wikiActions, type AccountAction, type WikiAction } from './actions.js';
import type { Actor, Door, Role, TokenScope, Verb } from './actor.js';
import { decide, decideAccount } from './rules.js';
import { aWikiRef } from './testing/an-access.js';
import { aNobody, anActor, aTokenActor } from './testing/an-actor.js';
import type { WikiRef } from './wiki-ref.js';

/*
 * Written from the documents, not from the code. Each action: who may (o owner, e editor, v viewer, p anyone when the
 * wiki is public); r, w or a for the verb of a token; then l when it works on a lapsed wiki, t when a token limited to
 * paths may have it, and f when the free plan has it.
 */
const table: Record<WikiAction, `${string} ${string} ${string}`> = {
  'wiki.read': 'oevp r ltf',
  'page.read': 'oevp r ltf',
  'page.write': 'oe w tf',
  'file.write': 'oe w tf',
  'history.read': 'oevp r ltf',
  'search.use': 'oevp r ltf',
  'mcp.use': 'oevp r tf',
  'repo.read': 'oevp r lf',
  'repo.push': 'oe w -',
  'garden.read': 'oevp r lf',
  'wiki.export': 'oevp r lf',
  'members.read': 'oev r lf',
  'members.manage': 'o a f',
  'members.leave': 'ev a lf',
  'wiki.settings': 'o a f',
  'wiki.rename': 'o a f',
  'wiki.publish': 'o a f',
  'wiki.slug': 'o a -',
  'wiki.delete': 'o a lf',
  'wiki.restore': 'o a lf',
  'wiki.reindex': 'o a lf',
  'wiki.tokens': 'o a lf',
};

const accounts: Record<AccountAction, { verb: Verb; narrow: boolean; admin: boolean }> = {
  'account.read': { verb: 'read', narrow: false, admin: false },
  'account.write': { verb: 'admin', narrow: false, admin: false },
  'wikis.list': { verb: 'read', narrow: true, admin: false },
  'wiki.create': { verb: 'admin', narrow: false, admin: false },
  'tokens.manage': { verb: 'admin', narrow: false, admin: false },
  operate: { verb: 'admin', narrow: false, admin: true },
};

type Who = Role | 'none' | 'nobody';
type PlanState = 'free' | 'active' | 'lapsed' | 'billing off';

const doors: Door[] = ['web', 'rest', 'mcp', 'git', 'cli'];
const whos: Who[] = ['owner', 'editor', 'viewer', 'none', 'nobody'];
const planStates: PlanState[] = ['free', 'active', 'lapsed', 'billing off'];
const all: Verb[] = ['read', 'write', 'admin'];
const here = aWikiRef().id;
const elsewhere = '00000000-0000-4000-8000-00000000ffff';

/** No token at all, and every kind of them. */
const tokens: Record<string, Partial<TokenScope> | null> = {
  'no token': null,
  'all verbs': { verbs: all },
  'to read': { verbs: ['read'] },
  'to write': { verbs: ['write'] },
  'to administer': { verbs: ['admin'] },
  'to nothing': { verbs: [] },
  'of this wiki': { kind: 'wiki', verbs: ['read', 'write'], wikis: [here] },
  'for this wiki': { verbs: all, wikis: [elsewhere, here] },
  'for another wiki': { verbs: all, wikis: [elsewhere] },
  'for no wiki': { verbs: all, wikis: [] },
  'for a folder': { verbs: all, paths: ['Drafts'] },
  expired: { verbs: all, expiresAt: new Date(Date.now() - 1000) },
  'ending later': { verbs: all, expiresAt: new Date(Date.now() + 3_600_000) },
};

function wikiIn(state: PlanState, visibility: WikiRef['visibility']): WikiRef {
  const free = { ...aWikiRef().limits, push: false, customSlug: false };
  if (state === 'free') return aWikiRef({ visibility, plan: 'free', paymentStatus: 'free', limits: free });
  // While billing is off nobody looks at what was paid.
  const lapsed = state === 'lapsed' || state === 'billing off';
  return aWikiRef({ visibility, plan: 'premium', paymentStatus: lapsed ? 'lapsed' : 'active' });
}

function mayDo(action: WikiAction, who: Who, door: Door, state: PlanState, open: boolean, scope: object | null) {
  const [roles = '', verb = '', traits = ''] = table[action].split(' ');
  const byRole = roles.includes(who === 'owner' || who === 'editor' || who === 'viewer' ? who.charAt(0) : '-');
  if (!byRole && !(open && roles.includes('p'))) return false;
  if (state === 'lapsed' && (!traits.includes('l') || door === 'mcp')) return false;
  if (state === 'free' && !traits.includes('f')) return false;
  return scope === null || tokenAllows(scope, verb, traits);
}

function tokenAllows(scope: Partial<TokenScope>, verb: string, traits: string): boolean {
  const { verbs = [], wikis = null, paths = null, expiresAt = null } = scope;
  const inTime = expiresAt === null || expiresAt.getTime() > Date.now();
  const reaches = (wikis === null || wikis.includes(here)) && (paths === null || traits.includes('t'));
  return inTime && reaches && verbs.some((one) => one.charAt(0) === verb);
}

const actorOf = (who: Who, door: Door, scope: Partial<TokenScope> | null): Actor => {
  if (who === 'nobody') return aNobody({ door });
  return scope === null ? anActor({ door }) : aTokenActor(scope, { door });
};

describe('the matrix of rights', () => {
  it('names every action, and no other', () => {
    expect(Object.keys(table).sort()).toEqual([...wikiActions].sort());
    expect(Object.keys(accounts).sort()).toEqual([...accountActions].sort());
  });

  it.each(wikiActions)('%s: every role, door, plan, visibility and token', (action) => {
    const wrong: string[] = [];
    let asked = 0;
    for (const who of whos)
      for (const door of doors)
        for (const state of planStates)
          for (const visibility of ['private', 'public'] as const)
            for (const [kind, given] of Object.entries(tokens)) {
              const scope = who === 'nobody' ? null : given;
              const role = who === 'none' || who === 'nobody' ? null : who;
              const billing = state === 'billing off' ? 'off' : 'on';
              const wiki = wikiIn(state, visibility);
              const verdict = decide({ action, actor: actorOf(who, door, scope), wiki, role, billing });
              const expected = mayDo(action, who, door, state, visibility === 'public', scope);
              asked += 1;
              if (verdict.allowed !== expected) wrong.push([who, door, state, visibility, kind, expected].join(', '));
            }

    expect(wrong).toEqual([]);
    expect(asked).toBe(5 * 5 * 4 * 2 * 13);
  });

  it('tells nobody and strangers the same of a private wiki, whatever they ask for', () => {
    for (const action of wikiActions)
      for (const door of doors)
        for (const state of planStates)
          for (const [kind, scope] of Object.entries(tokens)) {
            const question = { action, wiki: wikiIn(state, 'private'), role: null, billing: 'on' as const };
            const stranger = decide({ ...question, actor: actorOf('none', door, scope) });
            const nobody = decide({ ...question, actor: aNobody({ door }) });

            expect(stranger, kind).toMatchObject({ allowed: false, code: 'wiki-not-found', extra: undefined });
            expect(nobody, kind).toMatchObject({ allowed: false, code: 'sign-in-required', extra: undefined });
          }
  });

  it('lets the system do everything', () => {
    const actor = { ...aNobody(), kind: 'system' as const };
    const verdicts = wikiActions.map((action) =>
      decide({ action, actor, wiki: wikiIn('lapsed', 'private'), role: null, billing: 'on' }),
    );

    expect(verdicts.every(({ allowed }) => allowed)).toBe(true);
  });

  it.each(accountActions)('%s: people, operators, nobody and every token', (action) => {
    const { verb, narrow, admin } = accounts[action];
    for (const door of doors)
      for (const isAdmin of [false, true])
        for (const [kind, scope] of Object.entries(tokens)) {
          const actor = { ...actorOf('none', door, scope), isAdmin };
          const wide = scope === null || narrow || (scope.wikis == null && scope.paths == null);
          const inTime = scope?.expiresAt == null || scope.expiresAt.getTime() > Date.now();
          const able = scope === null || (scope.verbs ?? []).includes(verb);

          expect(decideAccount(action, actor).allowed, kind).toBe((isAdmin || !admin) && wide && inTime && able);
        }
    expect(decideAccount(action, aNobody())).toMatchObject({ code: 'sign-in-required' });
    expect(decideAccount(action, { ...aNobody(), kind: 'system' })).toMatchObject({ code: 'denied' });
  });

  it('says what the plan lacks and what works instead', () => {
    const question = { action: 'repo.push' as const, actor: anActor(), role: 'owner' as const };
    const onFree = decide({ ...question, wiki: wikiIn('free', 'private'), billing: 'on' });
    const forbidden = decide({ ...question, wiki: wikiIn('free', 'private'), billing: 'off' });

    expect(onFree).toMatchObject({ code: 'plan-refuses', extra: { limit: 'push', plan: 'free' } });
    expect(onFree).toMatchObject({ reason: expect.stringMatching(/free plan.*upgrade.*Clone and fetch work/) });
    expect(forbidden).toMatchObject({ reason: expect.stringMatching(/operator.*pushing/) });
  });
});
