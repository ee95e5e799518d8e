import { z } from 'zod';
import { count } from '../fields.js';
import { gardenData, gardenOutput, gardenText, usualLimits } from '../garden.js';
import { settles, tool } from '../tool.js';

export const gardenReport = tool({
  name: 'garden_report',
  title: 'Garden report',
  description:
    'See what needs care: orphans, broken and ambiguous links, stale, too long and too short pages, and whether the usage guide is outdated. Returns a list of each kind. Next: mend with edit_note, rename_note or batch_write, then call it again.',
  needs: 'garden.read',
  input: z.strictObject({
    stale_days: count(1, 36_500, usualLimits.staleDays, 'Days without a change'),
    oversized_words: count(1, 1_000_000, usualLimits.oversizedWords, 'Words'),
    undersized_words: count(1, 100_000, usualLimits.undersizedWords, 'Words'),
    limit: count(1, 500, usualLimits.limit, 'Longest list of a kind'),
    refresh_guide: z.boolean().default(false).describe('First bring the usage guide up to date; takes write access'),
  }),
  output: gardenOutput,
  annotations: settles,
  run: async ({ gardening }, access, input, { acl }) => {
    const refreshed = input.refresh_guide && (await gardening.refreshGuide(acl.also(access, 'page.write'))).changed;
    const report = await gardening.report(access, {
      staleDays: input.stale_days,
      oversizedWords: input.oversized_words,
      undersizedWords: input.undersized_words,
      limit: input.limit,
    });
    const data = { ...gardenData(report), guide_refreshed: refreshed };
    return { text: gardenText(data), data };
  },
});
