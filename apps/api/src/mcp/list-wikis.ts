import type { AccountAccess, MyWiki, Wikis } from '@lib/acl';
import { z } from 'zod';
import { optionalText } from './fields.js';
import { fitting, reads } from './tool.js';

const output = z.object({
  wikis: z.array(
    z.object({
      wiki: z.string(),
      name: z.string(),
      purpose: optionalText,
      role: z.string(),
      visibility: z.string(),
    }),
  ),
});

/** The one tool that is not about a wiki. */
export const listWikis = {
  name: 'list_wikis',
  title: 'List wikis',
  description:
    'See the wikis you may use. Takes nothing. Returns owner/slug, name, purpose, role and visibility of each. Next: pass owner/slug as wiki to any other tool, first read_note "Home".',
  input: z.strictObject({}),
  output,
  annotations: reads,
  run: async (wikis: Wikis, { actor }: AccountAccess, args: unknown) => {
    fitting(listWikis.input, args);
    const rows = (await wikis.ofActor(actor)).map(row);
    const lines = rows.map(({ wiki, name, purpose, ...row }) => {
      return `- ${wiki} (${name}; ${row.role}, ${row.visibility})${purpose === null ? '' : `: ${purpose}`}`;
    });
    return { text: [`Found ${rows.length} wikis:`, ...lines].join('\n'), data: { wikis: rows } };
  },
};

const row = ({ wiki, role }: MyWiki): z.infer<typeof output>['wikis'][number] => ({
  wiki: `${wiki.owner.username}/${wiki.slug}`,
  name: wiki.name,
  purpose: wiki.purpose,
  role,
  visibility: wiki.visibility,
});
