import type { TokenRow } from '@lib/acl';
import type { z } from 'zod';
import type { createToken, token, tokenCreated } from './token.schema.js';

/** A token whose wikis are told by name. */
export type NamedToken = Omit<TokenRow, 'wikis'> & { wikis: string[] | null };

export function tokenAnswer(row: NamedToken): z.infer<typeof token> {
  return {
    id: row.id,
    label: row.label,
    kind: row.kind,
    verbs: row.verbs,
    wikis: row.wikis,
    paths: row.paths,
    created_at: row.createdAt.toISOString(),
    expires_at: row.expiresAt?.toISOString() ?? null,
    last_used_at: row.lastUsedAt?.toISOString() ?? null,
  };
}

export function tokenCreatedAnswer(row: NamedToken & { secret: string }): z.infer<typeof tokenCreated> {
  return { ...tokenAnswer(row), secret: row.secret };
}

/** What was asked for, in the words of the acl room; the wikis are looked up first. */
export function tokenFields({ expires_at, wikis: _, ...fields }: z.infer<typeof createToken>) {
  return { ...fields, expiresAt: expires_at == null ? null : new Date(expires_at) };
}
