import type { PageView } from '@lib/wiki';
import { z } from 'zod';
import { given, maybe, names, path } from '../fields.js';
import { frontmatterLine } from '../frontmatter-line.js';
import { reads, tool } from '../tool.js';

export const readNote = tool({
  name: 'read_note',
  title: 'Read a note',
  description:
    'Read one page as Markdown, or one section of it. Returns name, path, revision, frontmatter, links in both directions and the raw content. Next: edit_note with the revision, or read the pages it links to.',
  needs: 'page.read',
  input: z.strictObject({
    path,
    revision: maybe(64).describe('An older revision from get_history; empty: the newest'),
    section: maybe(2000).describe('Heading, or path of headings such as Alpha > Background; empty: the whole page'),
  }),
  output: z.object({
    name: z.string(),
    path: z.string(),
    revision: z.string(),
    content: z.string(),
    frontmatter: z.record(z.string(), z.unknown()).nullable(),
    links_to: names,
    linked_from: names,
    section: z.string().optional(),
    last_updated: z.string(),
    is_historic: z.boolean(),
  }),
  annotations: reads,
  run: async ({ pages }, access, { path, revision, section }) => {
    const view = await pages.read(access, { path, revision: given(revision), section: given(section) });
    return { text: textOf(view), data: dataOf(view) };
  },
});

function textOf(view: PageView): string {
  const { name, path, revision, section, frontmatter, linksTo, linkedFrom, content } = view;
  const isWhole = section === undefined;
  const lines = [
    `# ${name}`,
    `Path: ${path}`,
    `Revision: ${revision}`,
    isWhole ? '' : `Section: ${section}`,
    frontmatterLine(frontmatter),
    isWhole && linksTo.length > 0 ? `Links to: ${linksTo.join(', ')}` : '',
    isWhole && linkedFrom.length > 0 ? `Linked from: ${linkedFrom.join(', ')}` : '',
  ];
  return `${lines.filter((line) => line !== '').join('\n')}\n\n---\n${content}`;
}

function dataOf({ name, path, revision, content, frontmatter, linksTo, linkedFrom, section, ...view }: PageView) {
  return {
    ...{ name, path, revision, content, frontmatter, links_to: linksTo, linked_from: linkedFrom },
    ...(section !== undefined && { section }),
    last_updated: view.lastCommit.date.toISOString(),
    is_historic: view.isHistoric,
  };
}
