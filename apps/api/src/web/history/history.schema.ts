import { z } from 'zod';
import { cursor } from '../../http/cursor.schema.js';

const revision = z.string().max(64).optional();

export const part = z.object({ cursor });
export type Part = z.infer<typeof part>;

export const comparison = z.object({ from: revision, to: revision });
export type Comparison = z.infer<typeof comparison>;

export const atRevision = z.object({ revision });
export type AtRevision = z.infer<typeof atRevision>;

/** A field of a form that was left empty is not asked for. */
const field = (longest: number) =>
  z
    .string()
    .max(longest)
    .transform((text) => (text.trim() === '' ? undefined : text.trim()))
    .optional();

export const changesQuery = z.object({
  cursor,
  person: field(200),
  agent: field(200),
  door: field(20),
  path: field(1_100).transform((path) => path?.replace(/\/+$/, '')),
  from: field(30),
  until: field(30),
});
export type ChangesQuery = z.infer<typeof changesQuery>;
