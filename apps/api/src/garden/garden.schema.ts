import { z } from 'zod';
import { limit } from '../http/cursor.schema.js';

export const gardenQuery = z
  .strictObject({
    stale_days: z.coerce.number().int().min(1).max(36_500).default(180),
    oversized_words: z.coerce.number().int().min(1).max(1_000_000).default(3000),
    undersized_words: z.coerce.number().int().min(1).max(100_000).default(20),
    limit: limit(500, 100).describe('Longest list of each kind'),
  })
  .meta({ id: 'GardenQuery' });

const brokenLink = z.object({ from: z.string(), target: z.string(), line: z.int().nullable() });

export const gardenReport = z
  .object({
    orphans: z.array(z.string()).describe('Pages no other page links to, Home left out'),
    broken_links: z.array(brokenLink),
    ambiguous_links: z.array(brokenLink.extend({ candidates: z.array(z.string()) })),
    stale: z.array(z.object({ path: z.string(), last_updated: z.string().nullable() })),
    oversized: z.array(z.object({ path: z.string(), words: z.int() })),
    undersized: z.array(z.object({ path: z.string(), words: z.int() })),
    unlisted_categories: z.array(z.string()).optional(),
    guide_outdated: z.boolean().describe('The usage guide was written by an older version'),
    behind: z.int().optional(),
  })
  .meta({ id: 'GardenReport' });

export const guideRefreshed = z
  .object({ path: z.string(), revision: z.string().nullable(), changed: z.boolean(), merged: z.boolean() })
  .meta({ id: 'GuideRefreshed' });

export const reindexStarted = z.object({ status: z.literal('started') }).meta({ id: 'ReindexStarted' });

export const reindexStatus = z
  .object({
    status: z.enum(['idle', 'in_progress', 'complete', 'error']),
    started_at: z.string().optional(),
    completed_at: z.string().optional(),
    pages_indexed: z.int().optional(),
    error_message: z.string().optional(),
    progress: z
      .object({
        step: z.enum(['lists', 'meaning']),
        done: z.int().describe('Pages read for their meaning'),
        pages: z.int(),
        seconds_left: z.int().nullable().describe('As it went so far'),
      })
      .optional(),
    behind: z.int().describe('Commits that lists and words are behind'),
    meaning: z
      .object({
        position: z.string().nullable().describe('The commit up to which pages were read for their meaning'),
        pages: z.int(),
        pages_read: z.int().describe('Pages that were read as they are now'),
        chunks: z.int(),
        model: z.string().describe('Which model made the vectors'),
        seconds_left: z.int().nullable().describe('Until all pages are read; null when none is left, or nobody knows'),
        set_aside: z.array(z.object({ path: z.string(), trouble: z.string() })).describe('Pages that cannot be read'),
      })
      .nullable()
      .describe('null where meanings cannot be searched'),
    reason: z.string().optional().describe('Why meanings cannot be searched'),
  })
  .meta({ id: 'ReindexStatus' });
