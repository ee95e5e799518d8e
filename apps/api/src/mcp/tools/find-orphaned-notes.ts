import { z } from 'zod';
import { names } from '../fields.js';
import { reads, tool } from '../tool.js';
import { usualLimits } from '../garden.js';

const mostOrphans = 1000;

export const findOrphanedNotes = tool({
  name: 'find_orphaned_notes',
  title: 'Find orphaned notes',
  description:
    'Find pages that no other page links to (Home left out), which readers hardly come across. Returns their paths. Next: search_notes for related pages and edit_note to link from them.',
  needs: 'garden.read',
  input: z.strictObject({}),
  output: z.object({ orphans: names }),
  annotations: reads,
  run: async ({ gardening }, access) => {
    const { orphans } = await gardening.report(access, { ...usualLimits, limit: mostOrphans });
    const start = `Found ${orphans.length} orphaned notes (no incoming links from any other page):`;
    const none = 'No orphaned notes found. All pages have at least one incoming link.';
    const lines = orphans.length === 0 ? [none] : [start, ...orphans.map((path) => `- ${path}`)];
    return { text: lines.join('\n'), data: { orphans } };
  },
});
