import type { Person, TokenScope } from '@lib/acl';
import type { z } from 'zod';
import type { me } from './account.schema.js';

type Me = z.infer<typeof me>;

/** A person as they see themselves, and the token they asked with. */
export function meAnswer(person: Person, token: TokenScope | null): Me {
  return {
    username: person.username,
    display_name: person.displayName,
    email: person.email,
    is_admin: person.isAdmin,
    created_at: person.createdAt.toISOString(),
    token: token === null ? null : tokenInUse(token),
  };
}

function tokenInUse({ id, label, kind, verbs, paths }: TokenScope): Me['token'] {
  return { id, label, kind, verbs, paths };
}
