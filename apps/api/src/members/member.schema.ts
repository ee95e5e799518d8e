import { z } from 'zod';

export const member = z
  .object({
    username: z.string(),
    display_name: z.string().nullable(),
    role: z.enum(['owner', 'editor', 'viewer']),
    granted_by: z.string().nullable(),
    granted_at: z.string().nullable(),
  })
  .meta({ id: 'Member' });

export const memberList = z.object({ members: z.array(member), total: z.int() }).meta({ id: 'MemberList' });

export const putMember = z.strictObject({ role: z.enum(['editor', 'viewer']) }).meta({ id: 'PutMember' });

export const memberRemoved = z.object({ removed: z.boolean(), username: z.string() }).meta({ id: 'MemberRemoved' });
