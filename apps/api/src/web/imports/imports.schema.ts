import { z } from 'zod';

const form_token = z.string().max(200);
/** Longer than any that is taken, so that the form itself says what is wrong. */
const field = z.string().max(1_000);

export const uploadForm = z.object({ form_token: form_token.optional() });

export const remoteForm = z.object({
  url: z.string().trim().max(2_000),
  token: z.string().trim().max(1_000).default(''),
  form_token,
});
export type RemoteForm = z.infer<typeof remoteForm>;

export const startForm = z.object({
  name: field.trim(),
  slug: field.trim(),
  visibility: z.enum(['private', 'public']),
  link_order: z.enum(['target-first', 'label-first']),
  form_token,
});
export type StartForm = z.infer<typeof startForm>;

export const plainForm = z.object({ form_token });

export const copyQuery = z.object({
  revision: z
    .string()
    .trim()
    .max(64)
    .transform((text) => (text === '' ? undefined : text))
    .optional(),
});
export type CopyQuery = z.infer<typeof copyQuery>;
