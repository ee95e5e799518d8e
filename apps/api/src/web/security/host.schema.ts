import { z } from 'zod';

/** Long enough for every page; it is carried within another address twice. */
const next = z.string().max(1_000).default('/').catch('/');

export const nextQuery = z.object({ next });
export type NextQuery = z.infer<typeof nextQuery>;

export const arrivalQuery = z.object({ code: z.string().max(100).default('') });
export type ArrivalQuery = z.infer<typeof arrivalQuery>;

export const hostQuery = z.object({
  host: z.string().max(253),
  next,
  state: z.string().regex(/^[0-9a-f]{64}$/),
});
export type HostQuery = z.infer<typeof hostQuery>;
