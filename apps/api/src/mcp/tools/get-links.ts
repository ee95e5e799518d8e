import { z } from 'zod';
import { names, path } from '../fields.js';
import { reads, tool } from '../tool.js';

export const getLinks = tool({
  name: 'get_links',
  title: 'Links of a note',
  description:
    'See which pages a page links to and which link to it. Works for pages that do not exist yet: linked_from then says who waits for them. Returns links_to and linked_from as paths. Next: read_note on a neighbour, or edit_note to add a missing link.',
  needs: 'page.read',
  input: z.strictObject({ path }),
  output: z.object({ path: z.string(), links_to: names, linked_from: names }),
  annotations: reads,
  run: async ({ pages }, access, { path }) => {
    const { linksTo, linkedFrom } = await pages.links(access, path);
    const lines = [`Links for ${path}:`, '', ...group('Links to', linksTo), ...group('Linked from', linkedFrom)];
    return { text: lines.join('\n'), data: { path, links_to: linksTo, linked_from: linkedFrom } };
  },
});

function group(title: string, paths: readonly string[]): string[] {
  return [`${title} (${paths.length}):`, ...(paths.length === 0 ? ['  (none)'] : paths.map((path) => `  - ${path}`))];
}
