import type { StarterOptions } from './starter-options.js';
import { guidePath, homePath } from './starter-paths.js';
import { frontmatterLines, oneLine, pipedLink } from './starter-text.js';

/** The page to copy for a new one: its frontmatter, its sections, and how it links. */
export function templatePage({ categories, linkOrder }: StarterOptions): string {
  const lines = [
    ...frontmatterLines({
      title: 'Page Template',
      category: exampleCategory(categories),
      tags: ['template'],
      aliases: ['Template for pages'],
      status: 'current',
    }),
    '# Page Template',
    '',
    'Begin with one paragraph that says what the page is about and why it matters; many readers stop behind it.',
    'Copy this page to a path like `Area/Subject`, give it its own title, category, tags and aliases, and replace the text.',
    '',
    '## Background',
    '',
    'What a reader has to know first. Link other pages where they are first named, as in',
    `${pipedLink(guidePath, 'how pages are written here', linkOrder)}, instead of repeating them.`,
    '',
    '## Findings',
    '',
    'What is known, one statement at a time, each with its source and its date.',
    '',
    '## Open questions',
    '',
    'What is not known yet, and where to look for it.',
    '',
    '## See also',
    '',
    `- ${pipedLink(homePath, 'The home page', linkOrder)}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** The category examples are given in; null in a wiki without categories. */
export function exampleCategory(categories: readonly string[]): string | null {
  const usable = categories.map(oneLine).filter((category) => category !== '');
  return usable.includes('reference') ? 'reference' : (usable[0] ?? null);
}
