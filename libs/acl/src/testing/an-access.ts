import type { Access } from '../access.js';
import type { WikiAction } from '../actions.js';
import type { Actor, Role } from '../actor.js';
import type { WikiRef } from '../wiki-ref.js';
import { anActor } from './an-actor.js';

interface Given {
  wiki?: Partial<WikiRef>;
  actor?: Partial<Actor>;
  role?: Role | null;
  paths?: readonly string[] | null;
}

/** A private wiki of alice's without limits, unless you say otherwise. */
export function aWikiRef(given: Partial<WikiRef> = {}): WikiRef {
  return {
    id: '00000000-0000-4000-8000-000000003141',
    owner: { id: '00000000-0000-4000-8000-00000000a11c', username: 'alice' },
    slug: 'notes',
    customSlug: null,
    name: 'Notes',
    purpose: null,
    visibility: 'private',
    plan: 'premium',
    paymentStatus: 'active',
    limits: {
      pages: null,
      attachmentBytes: null,
      collaborators: null,
      push: true,
      customSlug: true,
      pageBytes: 1024 * 1024,
      fileBytes: 10 * 1024 * 1024,
    },
    createdAt: new Date('2026-01-01T00:00:00Z'),
    ...given,
  };
}

/** An Access for the tests of other rooms, made without a database and without asking any rule. */
export function anAccess<A extends WikiAction>(action: A, given: Given = {}): Access<A> {
  const actor = anActor(given.actor);
  const { role = 'owner', paths = actor.token?.paths ?? null } = given;
  return { action, actor, wiki: aWikiRef(given.wiki), role, paths } as unknown as Access<A>;
}
