import { z } from 'zod';

export const suggestQuery = z.object({ q: z.string().max(400).default('') });
export type SuggestQuery = z.infer<typeof suggestQuery>;

export const previewBody = z.object({ content: z.string() });
export type PreviewBody = z.infer<typeof previewBody>;

export const draftBody = z.object({ content: z.string(), revision: z.string().max(64).nullish() });
export type DraftBody = z.infer<typeof draftBody>;

export const uploadQuery = z.object({ filename: z.string().min(1).max(400) });
export type UploadQuery = z.infer<typeof uploadQuery>;
