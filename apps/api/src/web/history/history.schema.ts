import { z } from 'zod';

const revision = z.string().max(64).optional();

export const cursor = z.object({ cursor: z.string().max(4_000).optional() });
export type Cursor = z.infer<typeof cursor>;

export const comparison = z.object({ from: revision, to: revision });
export type Comparison = z.infer<typeof comparison>;

export const atRevision = z.object({ revision });
export type AtRevision = z.infer<typeof atRevision>;
