import type { Gardening } from '@lib/wiki';
import { z } from 'zod';
import { names, optionalText } from './fields.js';

type Report = Awaited<ReturnType<Gardening['report']>>;

/** What is looked at unless a gardener says otherwise. */
export const usualLimits = { staleDays: 180, oversizedWords: 3000, undersizedWords: 20, limit: 50 };

const sized = z.array(z.object({ path: z.string(), words: z.int() }));
const link = z.object({ from: z.string(), target: z.string(), line: z.int().nullable() });

export const gardenOutput = z.object({
  orphans: names,
  broken_links: z.array(link),
  ambiguous_links: z.array(link.extend({ candidates: names })),
  stale: z.array(z.object({ path: z.string(), last_updated: optionalText })),
  oversized: sized,
  undersized: sized,
  unlisted_categories: names,
  guide_outdated: z.boolean(),
  guide_refreshed: z.boolean(),
});

export function gardenData(report: Report): Omit<z.infer<typeof gardenOutput>, 'guide_refreshed'> {
  return {
    orphans: report.orphans,
    broken_links: report.brokenLinks,
    ambiguous_links: report.ambiguousLinks,
    stale: report.stale.map(({ path, updatedAt }) => ({ path, last_updated: updatedAt?.toISOString() ?? null })),
    oversized: report.oversized,
    undersized: report.undersized,
    unlisted_categories: report.unlistedCategories,
    guide_outdated: report.guideOutdated,
  };
}

export function gardenText(data: z.infer<typeof gardenOutput>): string {
  const sizedLine = ({ path, words }: { path: string; words: number }) => `${path} (${words} words)`;
  const groups: [string, string[]][] = [
    ['Orphans', data.orphans],
    ['Broken links', data.broken_links.map(linkLine)],
    ['Ambiguous links', data.ambiguous_links.map((one) => `${linkLine(one)} may be ${one.candidates.join(' or ')}`)],
    [
      'Stale',
      data.stale.map(({ path, last_updated }) => `${path} (last updated: ${last_updated?.slice(0, 10) ?? 'unknown'})`),
    ],
    ['Oversized', data.oversized.map(sizedLine)],
    ['Undersized', data.undersized.map(sizedLine)],
    ['Categories not in the settings', data.unlisted_categories],
  ];
  const lines = groups.flatMap(([title, rows]) => [`${title} (${rows.length}):`, ...rows.map((row) => `- ${row}`)]);
  return ['Garden report:', '', ...lines, guideLine(data)].join('\n');
}

const linkLine = ({ from, target, line }: z.infer<typeof link>) =>
  `${from}${line === null ? '' : `:${line}`} -> [[${target}]]`;

function guideLine({ guide_refreshed, guide_outdated }: z.infer<typeof gardenOutput>): string {
  if (guide_refreshed) return 'Usage guide: refreshed.';
  return `Usage guide: ${guide_outdated ? 'outdated; call again with refresh_guide=true.' : 'up to date.'}`;
}
