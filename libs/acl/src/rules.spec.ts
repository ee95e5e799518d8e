import { describe, expect, it } from 'vitest';
import { wikiActions, type WikiAction } from './actions.js';
import type { Door, Role } from './actor.js';
import { decide } from './rules.js';
import { aNobody, anActor, aTokenActor } from './testing/an-actor.js';
import { aWikiRef } from './testing/an-access.js';

/** What each role may do, written down apart from the rules: r reader, w writer, o owner; + anyone on a public wiki. */
const expected: Record<
  WikiAction,
  { least: 'viewer' | 'editor' | 'owner'; not?: 'owner'; open: boolean; lapsed: boolean; verb: string }
> = {
  'wiki.read': { least: 'viewer', open: true, lapsed: true, verb: 'read' },
  'page.read': { least: 'viewer', open: true, lapsed: true, verb: 'read' },
  'page.write': { least: 'editor', open: false, lapsed: false, verb: 'write' },
  'file.write': { least: 'editor', open: false, lapsed: false, verb: 'write' },
  'history.read': { least: 'viewer', open: true, lapsed: true, verb: 'read' },
  'search.use': { least: 'viewer', open: true, lapsed: true, verb: 'read' },
  'mcp.use': { least: 'viewer', open: true, lapsed: false, verb: 'read' },
  'repo.read': { least: 'viewer', open: true, lapsed: true, verb: 'read' },
  'repo.push': { least: 'editor', open: false, lapsed: false, verb: 'write' },
  'garden.read': { least: 'viewer', open: true, lapsed: true, verb: 'read' },
  'wiki.export': { least: 'viewer', open: true, lapsed: true, verb: 'read' },
  'members.read': { least: 'viewer', open: false, lapsed: true, verb: 'read' },
  'members.manage': { least: 'owner', open: false, lapsed: false, verb: 'admin' },
  'members.leave': { least: 'viewer', not: 'owner', open: false, lapsed: true, verb: 'admin' },
  'wiki.settings': { least: 'owner', open: false, lapsed: false, verb: 'admin' },
  'wiki.rename': { least: 'owner', open: false, lapsed: false, verb: 'admin' },
  'wiki.publish': { least: 'owner', open: false, lapsed: false, verb: 'admin' },
  'wiki.slug': { least: 'owner', open: false, lapsed: false, verb: 'admin' },
  'wiki.delete': { least: 'owner', open: false, lapsed: true, verb: 'admin' },
  'wiki.restore': { least: 'owner', open: false, lapsed: true, verb: 'admin' },
  'wiki.reindex': { least: 'owner', open: false, lapsed: true, verb: 'admin' },
  'wiki.tokens': { least: 'owner', open: false, lapsed: true, verb: 'admin' },
};

/** A role that may do it. */
const able = (action: WikiAction): Role => (expected[action].not === 'owner' ? 'editor' : 'owner');

const ranks = ['viewer', 'editor', 'owner'] as const;
const doors: Door[] = ['web', 'rest', 'mcp', 'git', 'cli'];
const roles: (Role | null)[] = ['owner', 'editor', 'viewer', null];
const everything = ['read', 'write', 'admin'] as const;

const hasRole = (role: Role | null, least: Role) => role !== null && ranks.indexOf(role) >= ranks.indexOf(least);

const cases = wikiActions.flatMap((action) =>
  roles.flatMap((role) => (['private', 'public'] as const).map((visibility) => ({ action, role, visibility }))),
);

describe('who may do what', () => {
  it('is written down for every action', () => {
    expect(Object.keys(expected).sort()).toEqual([...wikiActions].sort());
  });

  it.each(cases)('$action of a $visibility wiki as $role, at every door', ({ action, role, visibility }) => {
    const { least, not, open } = expected[action];
    const wiki = aWikiRef({ visibility });
    for (const door of doors) {
      const may = (hasRole(role, least) && role !== not) || (open && visibility === 'public');
      for (const actor of [anActor({ door }), aTokenActor({ verbs: [...everything] }, { door })]) {
        const verdict = decide({ action, actor, wiki, role, billing: 'off' });

        expect(verdict.allowed, door).toBe(may);
        if (!verdict.allowed)
          expect(verdict.code).toBe(role === null && visibility === 'private' ? 'wiki-not-found' : 'denied');
      }
    }
  });

  it.each(cases.filter(({ role }) => role === null))(
    '$action of a $visibility wiki by nobody',
    ({ action, visibility }) => {
      const verdict = decide({ action, actor: aNobody(), wiki: aWikiRef({ visibility }), role: null, billing: 'off' });

      expect(verdict.allowed).toBe(visibility === 'public' && expected[action].open);
      if (!verdict.allowed) expect(verdict.code).toBe('sign-in-required');
    },
  );

  it.each(wikiActions)('a token needs the verb for %s, and no other', (action) => {
    for (const verb of everything) {
      const actor = aTokenActor({ verbs: [verb] });
      const verdict = decide({ action, actor, wiki: aWikiRef(), role: able(action), billing: 'off' });

      expect(verdict.allowed, verb).toBe(verb === expected[action].verb);
    }
  });

  it.each(wikiActions)('a token of another wiki or past its time is no token for %s', (action) => {
    const wiki = aWikiRef();
    const foreign = aTokenActor({ verbs: [...everything], wikis: ['00000000-0000-4000-8000-00000000ffff'] });
    const expired = aTokenActor({ verbs: [...everything], expiresAt: new Date(Date.now() - 1) });

    expect(decide({ action, actor: foreign, wiki, role: able(action), billing: 'off' })).toMatchObject({
      code: 'wiki-not-found',
    });
    expect(decide({ action, actor: expired, wiki, role: able(action), billing: 'off' })).toMatchObject({
      code: 'bad-credential',
    });
  });

  it.each(['repo.read', 'repo.push', 'wiki.export', 'garden.read'] as const)(
    'a token limited to paths cannot have %s, which is the whole wiki',
    (action) => {
      const actor = aTokenActor({ verbs: [...everything], paths: ['Drafts'] });

      const verdict = decide({ action, actor, wiki: aWikiRef(), role: 'owner', billing: 'off' });

      expect(verdict).toMatchObject({ code: 'path-outside-token' });
    },
  );

  it.each(wikiActions)('%s of a lapsed wiki', (action) => {
    const wiki = aWikiRef({ plan: 'premium', paymentStatus: 'lapsed' });
    for (const door of doors) {
      const verdict = decide({ action, actor: anActor({ door }), wiki, role: able(action), billing: 'on' });

      expect(verdict.allowed, door).toBe(expected[action].lapsed && door !== 'mcp');
      if (!verdict.allowed) expect(verdict.code).toBe('wiki-lapsed');
    }
    expect(decide({ action, actor: anActor(), wiki, role: able(action), billing: 'off' }).allowed).toBe(true);
  });

  it.each(wikiActions)('%s of a free wiki', (action) => {
    const limits = { ...aWikiRef().limits, push: false, customSlug: false };
    const wiki = aWikiRef({ plan: 'free', paymentStatus: 'free', limits });

    const verdict = decide({ action, actor: anActor(), wiki, role: able(action), billing: 'on' });

    expect(verdict.allowed).toBe(action !== 'repo.push' && action !== 'wiki.slug');
    if (!verdict.allowed)
      expect(verdict).toMatchObject({ code: 'plan-refuses', reason: expect.stringContaining('free') as string });
  });
});
