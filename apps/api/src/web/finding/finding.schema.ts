import { z } from 'zod';

export const searchForm = z.object({
  q: z.string().max(2_000).default(''),
  offset: z.coerce.number().int().min(0).max(10_000).catch(0).default(0),
});
export type SearchForm = z.infer<typeof searchForm>;

export const cursor = z.object({ cursor: z.string().max(4_000).optional() });
export type Cursor = z.infer<typeof cursor>;
