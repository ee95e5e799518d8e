import type { Actor } from '../actor.js';

/** A signed-in person called alice, unless you say otherwise. */
export function anActor(given: Partial<Actor> = {}): Actor {
  return {
    kind: 'person',
    door: 'rest',
    userId: '00000000-0000-4000-8000-00000000a11c',
    username: 'alice',
    displayName: 'Alice',
    isAdmin: false,
    token: null,
    ...given,
  };
}

/** A token of alice's that may read and write everywhere, unless you say otherwise. */
export function aTokenActor(scope: Partial<NonNullable<Actor['token']>> = {}, given: Partial<Actor> = {}): Actor {
  return anActor({
    kind: 'token',
    token: {
      id: '00000000-0000-4000-8000-0000000070c3',
      label: 'claude-code',
      kind: 'personal',
      verbs: ['read', 'write'],
      wikis: null,
      paths: null,
      ...scope,
    },
    ...given,
  });
}

/** Someone who sent no credentials. */
export function aNobody(given: Partial<Actor> = {}): Actor {
  return anActor({ kind: 'nobody', userId: null, username: null, displayName: null, ...given });
}
