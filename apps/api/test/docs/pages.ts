import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import MarkdownIt from 'markdown-it';

export const root = join(import.meta.dirname, '../../../..');

/** A fenced block of a page. */
export interface Fence {
  page: string;
  /** The line it begins on, as editors count. */
  line: number;
  language: string;
  /** What stands behind the language: `answer` for what the block before says, `refused` for what has to fail. */
  words: string[];
  text: string;
}

/** A page of the documentation with its fenced blocks. */
export interface DocsPage {
  /** Its path from the root of the repository. */
  path: string;
  fences: Fence[];
}

/** Getting Started makes what the other pages speak of; `docs/README.md` says in which order these are read. */
export function pagesInReadingOrder(): DocsPage[] {
  const contents = readPage('docs/README.md');
  const linked = [...contents.matchAll(/\]\(([a-z/-]+\.md)[)#]/g)].map(([, name]) => `docs/${name}`);
  const [first = '', ...others] = [...new Set(linked)].filter((path) => existsSync(join(root, path)));
  return [first, 'README.md', ...others].map(withFences);
}

/** All pages that hold commands for people, wherever they are listed. */
export function pagesThatExist(): string[] {
  const inside = (folder: string) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${folder}/${name}`);
  return ['README.md', ...['docs', 'docs/moving', 'docs/recipes'].flatMap(inside)];
}

/** The markdown of a page. */
export const readPage = (path: string): string => readFileSync(join(root, path), 'utf8');

function withFences(path: string): DocsPage {
  const tokens = new MarkdownIt().parse(readPage(path), {});
  const fences = tokens
    .filter(({ type }) => type === 'fence' || type === 'code_block')
    .map(({ info, map, content }) => {
      const [language = '', ...words] = info.trim().split(/\s+/);
      return { page: path, line: (map?.[0] ?? 0) + 1, language, words, text: content };
    });
  return { path, fences };
}

/** What stands below a heading of the second level, up to the next one. */
export function textOf(path: string, heading: string): string {
  const sections = readPage(path).split(/^## /m);
  return sections.find((section) => section.startsWith(`${heading}\n`)) ?? '';
}
