import { z } from 'zod';
import { cursor } from '../../http/cursor.schema.js';

/** A field that is sent empty when nothing was put into it. */
const field = (most: number) =>
  z
    .string()
    .max(most)
    .optional()
    .transform((text) => text?.trim() || undefined);

export const modes = ['hybrid', 'keyword', 'semantic'] as const;

export const searchForm = z.object({
  q: z.string().max(2_000).default(''),
  offset: z.coerce.number().int().min(0).max(10_000).catch(0).default(0),
  mode: z.enum(modes).catch('hybrid').default('hybrid'),
  folder: field(1_024).transform((text) => text?.replace(/^\/+|\/+$/g, '') || undefined),
  category: field(255),
  tag: field(255),
  author: field(255),
  since: field(40),
});
export type SearchForm = z.infer<typeof searchForm>;

/** Paths that a browser has seen, as one value or several. */
const paths = z.preprocess(
  (given): unknown => (given === undefined ? [] : Array.isArray(given) ? given : [given]),
  z.array(z.string().max(1_024)).max(20),
);

export const findQuery = z.object({ q: z.string().max(400).default(''), visited: paths });
export type FindQuery = z.infer<typeof findQuery>;

export const graphQuery = z.object({
  around: field(1_024),
  depth: z.coerce.number().int().min(1).max(3).catch(2).default(2),
  folder: searchForm.shape.folder,
  tag: field(255),
});
export type GraphQuery = z.infer<typeof graphQuery>;

export const part = z.object({ cursor });
export type Part = z.infer<typeof part>;
