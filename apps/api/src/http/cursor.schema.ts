import { z } from 'zod';

/** How many answers a list gives at once. */
export const limit = (max: number, fallback: number) => z.coerce.number().int().min(1).max(max).default(fallback);

/** Where the next part of a list begins: the `next` of the part before. */
export const cursor = z.string().max(2000).optional();
