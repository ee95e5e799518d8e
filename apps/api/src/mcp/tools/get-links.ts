import { z } from 'zod';
import { names, path } from '../fields.js';
import { reads, tool } from '../tool.js';

const mostRelated = 5;

export const getLinks = tool({
  name: 'get_links',
  title: 'Links of a note',
  description:
    'See which pages a page links to and which link to it. Works for pages that do not exist yet: linked_from then says who waits for them. Returns links_to, linked_from and related (about the same, not linked) as paths. Next: read_note on a neighbour, or edit_note to add a missing link.',
  needs: 'page.read',
  input: z.strictObject({ path }),
  output: z.object({ path: z.string(), links_to: names, linked_from: names, related: names }),
  annotations: reads,
  run: async ({ pages, search }, access, { path }, { acl }) => {
    const [{ linksTo, linkedFrom }, { pages: near }] = await Promise.all([
      pages.links(access, path),
      search.related(acl.also(access, 'search.use'), path, mostRelated),
    ]);
    const linked = new Set([...linksTo, ...linkedFrom]);
    const related = near.map((page) => page.path).filter((other) => !linked.has(other));
    const lines = [`Links for ${path}:`, '', ...group('Links to', linksTo), ...group('Linked from', linkedFrom)];
    if (related.length > 0) lines.push(...group('Related, without a link', related));
    return { text: lines.join('\n'), data: { path, links_to: linksTo, linked_from: linkedFrom, related } };
  },
});

function group(title: string, paths: readonly string[]): string[] {
  return [`${title} (${paths.length}):`, ...(paths.length === 0 ? ['  (none)'] : paths.map((path) => `  - ${path}`))];
}
