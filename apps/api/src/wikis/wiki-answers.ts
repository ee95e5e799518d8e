import type { DeletedWiki, Role, WikiRef } from '@lib/acl';
import type { z } from 'zod';
import type { Addresses } from '../http/addresses.js';
import type { wikiMeta, wikiRow } from './wiki.schema.js';

type Identity = Omit<z.infer<typeof wikiRow>, 'pages' | 'last_accessed_at'>;

/** What every answer about a wiki begins with. */
export function identityAnswer(wiki: WikiRef, role: Role | null, addresses: Addresses): Identity {
  return {
    id: wiki.id,
    owner: wiki.owner.username,
    slug: wiki.slug,
    custom_slug: wiki.customSlug,
    name: wiki.name,
    purpose: wiki.purpose,
    visibility: wiki.visibility,
    role,
    plan: wiki.plan,
    payment_status: wiki.paymentStatus,
    created_at: wiki.createdAt.toISOString(),
    addresses: { rest: addresses.rest(wiki), mcp: addresses.mcp(wiki), git: addresses.git(wiki) },
  };
}

export function limitsAnswer({ limits }: WikiRef): z.infer<typeof wikiMeta>['limits'] {
  return {
    pages: limits.pages,
    attachment_bytes: limits.attachmentBytes,
    collaborators: limits.collaborators,
    push: limits.push,
    custom_slug: limits.customSlug,
    page_bytes: limits.pageBytes,
    file_bytes: limits.fileBytes,
  };
}

export const deletedAnswer = ({ wiki, deletedAt, restorableUntil }: DeletedWiki) => ({
  ...{ owner: wiki.owner.username, slug: wiki.slug, name: wiki.name },
  ...{ deleted_at: deletedAt.toISOString(), restorable_until: restorableUntil.toISOString() },
});
