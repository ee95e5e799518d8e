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
  /** The section that is written, when it is not the whole page. */
  section: z
    .string()
    .max(1_000)
    .transform((text) => (text === '' ? undefined : text))
    .optional(),
  /** Which of the buttons was pressed. */
  act: z.enum(['save', 'preview']).default('save'),
  form_token: formToken,
});
export type EditForm = z.infer<typeof editForm>;

export const moveForm = z.object({
  to: z.string().trim().max(1_100),
  links: z.literal('on').optional(),
  /** Everything below the page goes along. */
  below: z.literal('on').optional(),
  message,
  form_token: formToken,
});
export type MoveForm = z.infer<typeof moveForm>;

export const removeForm = z.object({ message, below: z.literal('on').optional(), revision, form_token: formToken });
export type RemoveForm = z.infer<typeof removeForm>;

export const restoreForm = z.object({ revision: z.string().max(64), form_token: formToken });
export type RestoreForm = z.infer<typeof restoreForm>;

export const revertForm = z.object({ rest: z.literal('on').optional(), form_token: formToken });
export type RevertForm = z.infer<typeof revertForm>;

export const formAlone = z.object({ form_token: formToken });

const name = (longest: number) =>
  z
    .string()
    .max(longest)
    .transform((text) => (text.trim() === '' ? undefined : text.trim()))
    .optional();

export const newPageQuery = z.object({
  path: name(1_100),
  /** The page that the new one begins with. */
  from: name(1_100),
});
export type NewPageQuery = z.infer<typeof newPageQuery>;

/** What the editor is opened with: one's draft, a section, the beginning of a new page, or a change to take back. */
export const editQuery = z.object({
  draft: z.string().max(10).optional(),
  section: name(1_000),
  from: name(1_100),
  revert: name(64),
  was: name(1_100),
});
export type EditQuery = z.infer<typeof editQuery>;
