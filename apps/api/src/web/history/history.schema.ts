import { z } from 'zod';
import { cursor } from '../../http/cursor.schema.js';

const revision = z.string().max(64).optional();

export const part = z.object({ cursor });
export type Part = z.infer<typeof part>;

export const comparison = z.object({ from: revision, to: revision });
export type Comparison = z.infer<typeof comparison>;

export const atRevision = z.object({ revision });
export type AtRevision = z.infer<typeof atRevision>;
