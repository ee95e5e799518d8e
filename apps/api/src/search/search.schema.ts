import { z } from 'zod';
import { behind } from '../pages/page.schema.js';
import { limit } from '../http/cursor.schema.js';

const filters = {
  prefix: z.string().max(1024).optional(),
  category: z.string().max(255).optional(),
  tag: z.string().max(255).optional(),
  author: z.string().max(255).optional().describe('Username of who made the last change of a page'),
  since: z.string().max(40).optional().describe('Last changed then or later; ISO 8601, without a zone UTC'),
  until: z.string().max(40).optional().describe('Last changed then or before; a day is all of it'),
};

const at = z
  .string()
  .max(64)
  .optional()
  .describe('Search the wiki as it was: a revision (7 to 40 hexadecimal digits) or a date in ISO 8601');

const waitIndex = z.coerce
  .number()
  .int()
  .min(0)
  .max(25_000)
  .default(0)
  .describe('Milliseconds to wait until what was written before can be found by its meaning');

export const searchQuery = z
  .strictObject({
    q: z
      .string()
      .max(10_000)
      .default('')
      .describe('Words; "a phrase"; -word to leave out; the last word may be unfinished'),
    mode: z
      .enum(['hybrid', 'keyword', 'semantic'])
      .default('hybrid')
      .describe('By words and meaning, by words alone, or by meaning alone'),
    limit: limit(100, 20),
    offset: z.coerce.number().int().min(0).max(10_000).default(0),
    explain: z.enum(['true', 'false']).default('false').describe('true: say where each result stood in both lists'),
    wait_index: waitIndex,
    at,
    ...filters,
  })
  .meta({ id: 'SearchQuery' });

const mode = z.string().describe('How the answer was found');
const reason = z.string().optional().describe('Why the mode is not the one asked for');
const position = z.string().nullable().describe('The commit up to which words were read');
const meaning = z
  .object({
    position: z.string().nullable().describe('The commit up to which pages were read for their meaning'),
    behind: z.int().describe('How many commits came after that one'),
  })
  .nullable()
  .describe('null when meanings had no say');
const marks = z
  .array(z.tuple([z.int(), z.int()]))
  .describe('Start and end of each word in the snippet that was looked for, in UTF-16 code units');
/** What every search tells of a page. */
const hit = {
  name: z.string(),
  path: z.string(),
  snippet: z.string(),
  marks,
  score: z.number(),
  section: z.string().nullable(),
  section_path: z.string().nullable(),
  revision: z.string().nullable(),
};
const asOf = z
  .string()
  .nullable()
  .optional()
  .describe('The commit as of which the wiki was searched, where at was given; null when there was none yet');
const standing = z.object({ rank: z.int(), score: z.number() }).nullable();

export const acrossQuery = z
  .strictObject({
    q: searchQuery.shape.q,
    mode: z.enum(['hybrid', 'keyword']).default('hybrid').describe('By words and meaning, or by words alone'),
    limit: limit(50, 20),
    ...filters,
  })
  .meta({ id: 'AcrossQuery' });

export const searchAnswer = z
  .object({
    query: z.string(),
    mode,
    reason,
    results: z.array(
      z.object({
        ...hit,
        explain: z
          .object({ keyword: standing, semantic: standing })
          .optional()
          .describe('Where it stood in each list, from 1; null in a list that does not have it'),
      }),
    ),
    total: z.int(),
    position,
    behind,
    meaning,
    at: asOf,
  })
  .meta({ id: 'SearchAnswer' });

export const acrossAnswer = z
  .object({
    query: z.string(),
    mode,
    reason,
    results: z.array(
      z.object({
        wiki: z.string().describe('owner/slug'),
        ...hit,
      }),
    ),
    total: z.int(),
  })
  .meta({ id: 'AcrossAnswer' });

/** The predecessor's clamping: what is no number, or out of range, becomes a sensible number. */
const clamped = (max: number, fallback: number) =>
  z
    .string()
    .max(20)
    .optional()
    .transform((text) => (/^-?\d+$/.test(text ?? '') ? Math.min(Math.max(Number(text), 1), max) : fallback));

export const semanticQuery = z
  .strictObject({
    q: z.string().max(10_000).default(''),
    n: clamped(50, 5).describe('1 to 50'),
    max_chunks_per_page: clamped(5, 1).describe('1 to 5'),
    wait_index: waitIndex,
    at,
    ...filters,
  })
  .meta({ id: 'SemanticQuery' });

export const semanticAnswer = z
  .object({
    query: z.string(),
    mode,
    reason,
    results: z.array(
      z.object({
        ...hit,
        text: z.string(),
        distance: z.number().nullable().describe('null when the answer was not found by meaning'),
        chunk_index: z.int().nullable(),
        total_chunks: z.int().nullable(),
        page_word_count: z.int().nullable(),
      }),
    ),
    total: z.int(),
    position,
    behind,
    meaning,
    at: asOf,
  })
  .meta({ id: 'SemanticAnswer' });
