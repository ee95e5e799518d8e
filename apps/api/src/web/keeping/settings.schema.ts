import { z } from 'zod';

const form_token = z.string().max(200);
// Longer than any that is taken, so that the form itself says what is wrong. Browsers send line breaks as CRLF.
const text = z
  .string()
  .max(50_000)
  .default('')
  .transform((sent) => sent.replace(/\r\n?/g, '\n').trim());
const order = z.enum(['target-first', 'label-first']);

export const settingsQuery = z.object({
  done: z.enum(['saved', 'nothing', 'slug', 'custom', 'noCustom']).optional().catch(undefined),
});
export type SettingsQuery = z.infer<typeof settingsQuery>;

/** What is typed, and beside it what the form showed before that. */
export const settingsForm = z.object({
  ...{ name: text, purpose: text, categories: text, link_order: order },
  ...{ was_name: text, was_purpose: text, was_categories: text, was_link_order: order },
  form_token,
});
export type SettingsForm = z.infer<typeof settingsForm>;

export const slugForm = z.object({ slug: z.string().max(1_000).trim().default(''), form_token });
export type SlugForm = z.infer<typeof slugForm>;

export const customSlugForm = z.object({
  custom_slug: z.string().max(1_000).trim().default(''),
  was_custom_slug: z.string().max(100).default(''),
  form_token,
});
export type CustomSlugForm = z.infer<typeof customSlugForm>;

export const deleteForm = z.object({ confirmation: z.string().max(1_000).trim().default(''), form_token });
export type DeleteForm = z.infer<typeof deleteForm>;

export const deletedQuery = z.object({ done: z.string().max(100).optional().catch(undefined) });
export type DeletedQuery = z.infer<typeof deletedQuery>;
