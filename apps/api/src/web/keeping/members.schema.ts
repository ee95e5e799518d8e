import { z } from 'zod';

const form_token = z.string().max(200);
const role = z.enum(['editor', 'viewer']);
const username = z.string().max(100);

export const membersQuery = z.object({
  done: z.enum(['added', 'role', 'removed', 'revoked', 'public', 'private']).optional().catch(undefined),
});
export type MembersQuery = z.infer<typeof membersQuery>;

/** For how many days a link may be good. */
export const linkDays = [1, 7, 30, 90] as const;

export const inviteForm = z.object({
  // Longer than any that is taken, so that the form itself says what is wrong.
  login: z.string().max(1_000).trim().default(''),
  role,
  days: z.coerce.number().int().min(1).max(90).default(7),
  form_token,
});
export type InviteForm = z.infer<typeof inviteForm>;

export const roleForm = z.object({ username, role, form_token });
export type RoleForm = z.infer<typeof roleForm>;

export const removeForm = z.object({ username, form_token });
export type RemoveForm = z.infer<typeof removeForm>;

export const revokeForm = z.object({ id: z.string().max(100), form_token });
export type RevokeForm = z.infer<typeof revokeForm>;

export const visibilityForm = z.object({ visibility: z.enum(['private', 'public']), form_token });
export type VisibilityForm = z.infer<typeof visibilityForm>;
