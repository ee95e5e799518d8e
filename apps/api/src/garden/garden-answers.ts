import type { Gardening } from '@lib/wiki';
import type { z } from 'zod';
import type { gardenQuery, gardenReport } from './garden.schema.js';

type Report = Awaited<ReturnType<Gardening['report']>>;

/** The query of a report in the words of the wiki room. */
export function gardenLimits(query: z.infer<typeof gardenQuery>) {
  const { stale_days, oversized_words, undersized_words, limit } = query;
  return { staleDays: stale_days, oversizedWords: oversized_words, undersizedWords: undersized_words, limit };
}

export function gardenAnswer(report: Report): z.infer<typeof gardenReport> {
  return {
    orphans: report.orphans,
    broken_links: report.brokenLinks,
    ambiguous_links: report.ambiguousLinks,
    stale: report.stale.map(({ path, updatedAt }) => ({ path, last_updated: updatedAt?.toISOString() ?? null })),
    oversized: report.oversized,
    undersized: report.undersized,
    unlisted_categories: report.unlistedCategories,
    guide_outdated: report.guideOutdated,
    behind: report.behind,
  };
}
