import type { MemberRow } from '@lib/acl';
import type { z } from 'zod';
import type { member } from './member.schema.js';

export function memberAnswer(row: MemberRow): z.infer<typeof member> {
  return {
    username: row.username,
    display_name: row.displayName,
    role: row.role,
    granted_by: row.grantedBy,
    granted_at: row.grantedAt?.toISOString() ?? null,
  };
}
