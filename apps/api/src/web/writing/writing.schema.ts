import { z } from 'zod';

const formToken = z.string().max(200);
const revision = z
  .string()
  .max(64)
  .transform((text) => (text === '' ? undefined : text))
  .optional();
const message = z
  .string()
  .max(10_000)
  .transform((text) => (text.trim() === '' ? undefined : text.trim()))
  .optional();
/** Forms send line breaks as CR LF, whatever was there; pages of ours have LF. */
const content = z.string().transform((text) => text.replaceAll('\r\n', '\n'));

export const editForm = z.object({
  content,
  revision,
  message,
  /** Which of the buttons was pressed. */
  act: z.enum(['save', 'preview']).default('save'),
  form_token: formToken,
});
export type EditForm = z.infer<typeof editForm>;

export const moveForm = z.object({
  to: z.string().trim().max(1_100),
  links: z.literal('on').optional(),
  message,
  form_token: formToken,
});
export type MoveForm = z.infer<typeof moveForm>;

export const removeForm = z.object({ message, form_token: formToken });
export type RemoveForm = z.infer<typeof removeForm>;

export const restoreForm = z.object({ revision: z.string().max(64), form_token: formToken });
export type RestoreForm = z.infer<typeof restoreForm>;

export const newPageQuery = z.object({ path: z.string().trim().max(1_100).optional() });
export type NewPageQuery = z.infer<typeof newPageQuery>;
