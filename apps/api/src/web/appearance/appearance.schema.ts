import { z } from 'zod';
import { themes } from './appearance.js';

export const appearanceForm = z.object({ theme: z.enum(themes), next: z.string().max(2_000).optional() });
export type AppearanceForm = z.infer<typeof appearanceForm>;
