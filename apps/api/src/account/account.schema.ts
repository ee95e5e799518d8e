import { z } from 'zod';

export const me = z
  .object({
    username: z.string(),
    display_name: z.string().nullable(),
    email: z.string().nullable(),
    is_admin: z.boolean(),
    created_at: z.string(),
    token: z
      .object({
        id: z.string(),
        label: z.string(),
        kind: z.enum(['personal', 'wiki']),
        verbs: z.array(z.string()),
        paths: z.array(z.string()).nullable(),
      })
      .nullable()
      .describe('The token this was asked with'),
  })
  .meta({ id: 'Me' });

export const patchMe = z.strictObject({ display_name: z.string().min(1).max(200) }).meta({ id: 'PatchMe' });
