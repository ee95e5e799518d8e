import { z } from 'zod';
import { limit } from '../http/cursor.schema.js';

export const relatedQuery = z.strictObject({ limit: limit(50, 10) }).meta({ id: 'RelatedQuery' });

export const relatedAnswer = z
  .object({
    path: z.string(),
    related: z.array(
      z.object({
        path: z.string(),
        name: z.string(),
        nearness: z.number().describe('1 is the same, 0 has nothing to do with it'),
      }),
    ),
    reason: z.string().optional().describe('Why there are none: meanings cannot be searched'),
  })
  .meta({ id: 'RelatedAnswer' });
