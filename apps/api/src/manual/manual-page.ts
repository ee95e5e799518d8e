import { headingsOf } from '@lib/markdown';

/** A page of the documentation. */
export interface ManualPage {
  /** Its file, by its path in the repository. */
  file: string;
  /** By what a search finds it, which says something of it as well. */
  path: string;
  /** Its address. */
  address: string;
  /** The address of its markdown. */
  markdown: string;
  title: string;
  /** The first words of it, for search engines. */
  description: string;
  text: string;
}

/** Below it stands the whole documentation. */
export const manualBase = '/docs';
const first = 'docs/README.md';
const longestDescription = 200;

/** A file of the documentation as a page. A README stands for its folder. */
export function manualPage(file: string, text: string): ManualPage {
  const name = nameOf(file);
  const address = name === '' ? manualBase : `${manualBase}/${name}`;
  return {
    ...{ file, address, text },
    path: file.replace(/^docs\//, '').replace(/\.md$/, ''),
    markdown: file === first ? `${manualBase}/README.md` : `${address}.md`,
    title: headingsOf(text)[0]?.text ?? name,
    description: descriptionOf(text),
  };
}

/** What stands behind `/docs/` in the address of a page; those from the root of the repository stand in lower case. */
function nameOf(file: string): string {
  const path = file.startsWith('docs/') ? file.slice('docs/'.length) : file.toLowerCase();
  return path.replace(/\.md$/, '').replace(/(?:^|\/)README$/, '');
}

/** The first paragraph as plain words, cut between two of them. */
function descriptionOf(text: string): string {
  const paragraphs = text.split(/\n\s*\n/).map((paragraph) => paragraph.trim());
  const words = (paragraphs.find((paragraph) => /^[^#|<>`-]/.test(paragraph)) ?? '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*_`]/g, '')
    .replace(/\s+/g, ' ');
  if (words.length <= longestDescription) return words;
  return `${words.slice(0, longestDescription).replace(/\s+\S*$/, '')}…`;
}
