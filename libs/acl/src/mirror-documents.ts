import { z } from 'zod';

const uuid = z.uuid();
const time = z.iso.datetime();
const role = z.enum(['editor', 'viewer']);

const identity = z.object({ issuer: z.string(), subject: z.string() });

/** A person as far as others may need them back: no password, no token. */
const personDocument = z.object({
  id: uuid,
  username: z.string(),
  displayName: z.string(),
  email: z.string().nullable(),
  identities: z.array(identity),
  createdAt: time,
});

/** `users/{id}.json`. */
export const userDocument = personDocument.extend({
  format: z.literal(1),
  isAdmin: z.boolean(),
  suspendedAt: time.nullable(),
  /** Custom slugs this person gave back, which others may not have yet. */
  keptNames: z.array(z.object({ name: z.string(), releasedAt: time })),
});

/** `repositories/{id}/wikibot.json`: enough to bring a wiki back with everyone who has a role on it. */
export const wikiDocument = z.object({
  format: z.literal(1),
  id: uuid,
  owner: personDocument,
  slug: z.string(),
  customSlug: z.string().nullable(),
  name: z.string(),
  purpose: z.string().nullable(),
  visibility: z.enum(['private', 'public']),
  plan: z.enum(['free', 'premium']),
  paymentStatus: z.enum(['free', 'active', 'lapsed']),
  createdAt: time,
  deletedAt: time.nullable(),
  settings: z.record(z.string(), z.unknown()).nullable(),
  grants: z.array(
    z.object({
      user: personDocument,
      role,
      grantedBy: uuid.nullable(),
      grantedAt: time,
    }),
  ),
});

export type PersonDocument = z.infer<typeof personDocument>;
export type UserDocument = z.infer<typeof userDocument>;
export type WikiDocument = z.infer<typeof wikiDocument>;
