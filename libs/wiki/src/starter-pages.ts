import { guidePage } from './guide-page.js';
import { frontmatterLines, oneLine, pipedLink, plainMarkdown } from './starter-text.js';
import { guidePath, homePath, templatePath } from './starter-paths.js';
import { templatePage } from './starter-template.js';
import type { StarterOptions, StarterPage } from './starter-options.js';

/** The pages a new wiki begins with: its home, the usage guide, and a page to copy. */
export function starterPages(options: StarterOptions): StarterPage[] {
  return [
    { path: homePath, content: homePage(options) },
    { path: guidePath, content: guidePage(options) },
    { path: templatePath, content: templatePage(options) },
  ];
}

// Frontmatter has a limit, and a title ends up in lists and browser tabs.
const longestTitle = 200;

function homePage({ name, purpose, categories, linkOrder }: StarterOptions): string {
  const said = plainMarkdown(purpose);
  const lines = [
    ...frontmatterLines({
      title: Array.from(oneLine(name)).slice(0, longestTitle).join('') || homePath,
      category: categories.includes('index') ? 'index' : null,
    }),
    `# ${plainMarkdown(name) || homePath}`,
    '',
    ...(said === '' ? [] : [`**Purpose:** ${said}`, '']),
    '## Start here',
    '',
    `- ${pipedLink(guidePath, 'Wiki Usage Guide', linkOrder)}: how people and agents work in this wiki`,
    `- ${pipedLink(templatePath, 'Page Template', linkOrder)}: a page to copy for a new one`,
    '',
    '## Areas',
    '',
    'Each area of the wiki has an index page. Link it here, so that every page can be reached from this one.',
  ];
  return `${lines.join('\n')}\n`;
}
