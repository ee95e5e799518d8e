import { z } from 'zod';
import { cursor } from '../../http/cursor.schema.js';
import { thumbnailSizes } from './thumbnails.js';

const form_token = z.string().max(200);
const revision = z.string().max(64);
const path = z.string().trim().max(1_100);
/** The blob that was seen, so that nothing is done to what somebody put there since. */
const seen = z
  .string()
  .max(64)
  .transform((text) => (text === '' ? undefined : text))
  .optional();

export const filesQuery = z.object({
  q: z.string().trim().max(400).default(''),
  show: z.enum(['all', 'loose', 'deleted']).catch('all').default('all'),
  cursor,
});
export type FilesQuery = z.infer<typeof filesQuery>;

export const uploadForm = z.object({
  folder: path.default(''),
  replace: z.literal('on').optional(),
  form_token: form_token.optional(),
});
export type UploadForm = z.infer<typeof uploadForm>;

export const fileQuery = z.object({ cursor });
export type FileQuery = z.infer<typeof fileQuery>;

export const replaceForm = z.object({ seen, form_token: form_token.optional() });
export type ReplaceForm = z.infer<typeof replaceForm>;

export const moveFileForm = z.object({ to: path, links: z.literal('on').optional(), seen, form_token });
export type MoveFileForm = z.infer<typeof moveFileForm>;

export const removeFileForm = z.object({ seen, form_token });
export type RemoveFileForm = z.infer<typeof removeFileForm>;

export const restoreFileForm = z.object({ revision, was: path.optional(), seen, form_token });
export type RestoreFileForm = z.infer<typeof restoreFileForm>;

export const thumbnailQuery = z.object({
  size: z.coerce
    .number()
    .pipe(z.literal([...thumbnailSizes]))
    .default(80),
  revision: revision.optional(),
  /** The blob the address was made for; it is the same picture for good then. */
  blob: z.string().max(64).optional(),
});
export type ThumbnailQuery = z.infer<typeof thumbnailQuery>;
