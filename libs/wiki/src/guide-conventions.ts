import type { GuideSection } from './guide-section.js';
import { exampleCategory } from './starter-template.js';
import type { StarterOptions } from './starter-options.js';
import { templatePath } from './starter-paths.js';
import { codeSpan, frontmatterLines, pipedLink } from './starter-text.js';

/** What a page of this wiki looks like. */
export function pageConventions({ categories, linkOrder }: StarterOptions): GuideSection {
  const piped = codeSpan(pipedLink('Actors/Iran', 'the republic', linkOrder));
  return {
    heading: 'Page conventions',
    lines: [
      ...['### Names', ''],
      '- A page is named area first, then subject: `Area/Subject`, for example `Actors/Iran`. The name is what the page is about, without a date unless it is about one.',
      '- Names keep case and blanks, and have no ending `.md`.',
      ...['', '### Frontmatter', ''],
      `Every page begins like this; [[${templatePath}]] is one to copy:`,
      ...['', '```yaml', ...exampleFrontmatter(categories), '```', ''],
      '- `title`: the name shown.',
      '- `category`: one of the categories below.',
      '- `tags`: a list; what the page has in common with pages of other categories.',
      '- `aliases`: other names under which links find the page.',
      '- `status`: `draft`, `current`, `superseded` or `archived`.',
      '- `archived`, `source`, `date`, `note`: only on archived pages, see the end of this guide.',
      ...['', '### Links', ''],
      `- Link a page by its path: ${codeSpan('[[Actors/Iran]]')}. With another text: ${piped}. To a section: ${codeSpan('[[Actors/Iran#Economy]]')}.`,
      '- Link the first mention of everything that has a page; do not repeat what another page says.',
      '- Every page is linked from at least one other page, usually from the index page of its area.',
      ...['', '### Length', ''],
      '- A page has 250-800 words. Split a longer one by subject and link the parts; merge pages that are much shorter.',
      '- Sections have headings (`##`), so that they can be read and replaced one at a time.',
    ],
  };
}

function exampleFrontmatter(categories: readonly string[]): string[] {
  return frontmatterLines({
    title: 'Iran',
    category: exampleCategory(categories),
    tags: ['middle-east', 'energy'],
    aliases: ['Islamic Republic of Iran'],
    status: 'current',
  });
}
