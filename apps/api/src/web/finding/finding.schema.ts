import { z } from 'zod';
import { cursor } from '../../http/cursor.schema.js';

export const searchForm = z.object({
  q: z.string().max(2_000).default(''),
  offset: z.coerce.number().int().min(0).max(10_000).catch(0).default(0),
});
export type SearchForm = z.infer<typeof searchForm>;

export const part = z.object({ cursor });
export type Part = z.infer<typeof part>;
