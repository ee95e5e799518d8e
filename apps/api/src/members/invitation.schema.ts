import { z } from 'zod';
import { member } from './member.schema.js';

const role = z.enum(['editor', 'viewer']);

const invitation = z
  .object({
    id: z.string(),
    email: z.string().nullable().describe('Whom it was made for; null: a link that is passed on'),
    role,
    invited_by: z.string().nullable(),
    created_at: z.string(),
    expires_at: z.string(),
  })
  .meta({ id: 'Invitation' });

export const invitationList = z
  .object({ invitations: z.array(invitation), total: z.int() })
  .meta({ id: 'InvitationList' });

export const invite = z
  .strictObject({
    login: z
      .string()
      .max(254)
      .nullable()
      .optional()
      .describe('A username: that person has the role at once. An e-mail address, or nothing: a link is made'),
    role,
    days: z.int().min(1).max(90).default(7).describe('For how long the link is good'),
  })
  .meta({ id: 'Invite' });

export const invited = z
  .object({
    member: member.nullable().describe('Who has the role now; null where a link was made'),
    invitation: invitation
      .extend({ link: z.string().describe('For one person, shown this once') })
      .nullable()
      .describe('An e-mail address is answered in the same way whether or not it has an account'),
  })
  .meta({ id: 'Invited' });

export const invitationRevoked = z.object({ revoked: z.boolean(), id: z.string() }).meta({ id: 'InvitationRevoked' });
