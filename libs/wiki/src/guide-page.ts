import { guideSections } from './guide-sections.js';
import { marked, markKeys } from './guide-mark.js';
import type { StarterOptions } from './starter-options.js';
import { homePath, templatePath } from './starter-paths.js';
import { frontmatterLines, plainMarkdown } from './starter-text.js';

/** The usage guide as it is generated from the settings and tools of a wiki; the same from the same. */
export function guidePage(options: StarterOptions): string {
  const { name, purpose, categories } = options;
  const [shown, said] = [plainMarkdown(name), plainMarkdown(purpose)];
  const lines = [
    ...frontmatterLines({
      title: 'Wiki Usage Guide',
      category: categories.includes('reference') ? 'reference' : null,
      tags: ['guide'],
      ...markKeys,
    }),
    '# Wiki Usage Guide',
    '',
    `How people and agents work in ${shown === '' ? 'this wiki' : `the wiki ${shown}`}.`,
    `Everything begins at [[${homePath}]]; a new page is a copy of [[${templatePath}]].`,
    '',
    ...(said === '' ? [] : [`**Purpose:** ${said}`, '']),
    ...guideSections(options).flatMap(({ heading, lines: text }) => [`## ${heading}`, '', ...text, '']),
  ];
  return marked(`${lines.join('\n').trimEnd()}\n`);
}
