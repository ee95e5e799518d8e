import { z } from 'zod';

export const token = z
  .object({
    id: z.string(),
    label: z.string(),
    kind: z.enum(['personal', 'wiki']),
    verbs: z.array(z.enum(['read', 'write', 'admin'])),
    wikis: z.array(z.string()).nullable().describe('owner/slug of each wiki it works on; null: all of yours'),
    paths: z.array(z.string()).nullable().describe('Folders it is confined to; null: none'),
    created_at: z.string(),
    expires_at: z.string().nullable(),
    last_used_at: z.string().nullable(),
  })
  .meta({ id: 'Token' });

export const tokenList = z.object({ tokens: z.array(token), total: z.int() }).meta({ id: 'TokenList' });

export const createToken = z
  .strictObject({
    label: z.string().min(1).max(100).describe('Named in the history of what it writes'),
    verbs: z
      .array(z.enum(['read', 'write', 'admin']))
      .min(1)
      .max(3)
      .default(['read', 'write']),
    wikis: z
      .array(z.string().min(3).max(100))
      .min(1)
      .max(100)
      .nullable()
      .optional()
      .describe('owner/slug; absent: all of yours'),
    paths: z
      .array(z.string().min(1).max(1024))
      .min(1)
      .max(50)
      .nullable()
      .optional()
      .describe('Folders; absent: no limit'),
    expires_at: z.iso.datetime({ offset: true }).nullable().optional(),
  })
  .meta({ id: 'CreateToken' });

export const tokenCreated = token
  .extend({ secret: z.string().describe('Shown this once') })
  .meta({ id: 'TokenCreated' });

export const tokenRevoked = z.object({ revoked: z.boolean(), id: z.string() }).meta({ id: 'TokenRevoked' });
