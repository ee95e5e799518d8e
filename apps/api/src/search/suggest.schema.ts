import { z } from 'zod';
import { limit } from '../http/cursor.schema.js';

export const suggestQuery = z
  .strictObject({
    q: z.string().max(200).default('').describe('The beginning of a title, a heading, or a word of one'),
    limit: limit(50, 10),
  })
  .meta({ id: 'SuggestQuery' });

export const suggestAnswer = z
  .object({
    suggestions: z.array(
      z.object({
        kind: z.enum(['page', 'section']),
        text: z.string().describe('The name of the page, or the heading'),
        path: z.string(),
        anchor: z.string().nullable().describe('The anchor of the section'),
      }),
    ),
  })
  .meta({ id: 'SuggestAnswer' });
