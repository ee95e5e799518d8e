import {
  blocksOf,
  type Frontmatter,
  type Heading,
  headingsIn,
  type Link,
  type LinkOrder,
  linksIn,
  parseFrontmatter,
} from '@lib/markdown';
import { countWords } from './words.js';

/** What a page says of itself, read from its text alone. */
export interface ParsedPage {
  title: string | null;
  aliases: string[];
  tags: string[];
  category: string | null;
  headings: Heading[];
  links: Link[];
  words: number;
  frontmatter: Frontmatter;
  body: string;
}

/** Reads a page; never throws, whatever the text. Texts it gives back hold no NUL and no half characters. */
export function parsePage(text: string, order: LinkOrder): ParsedPage {
  const frontmatter = parseFrontmatter(text);
  const blocks = blocksOf(text, frontmatter);
  const headings = headingsIn(text, blocks);
  const { title, category, tags, aliases, alias } = frontmatter.data ?? {};
  return {
    title: oneText(title) ?? headings.find(({ level }) => level === 1)?.text ?? null,
    aliases: textList(aliases ?? alias),
    tags: textList(tags),
    category: oneText(category),
    headings,
    links: linksIn(text, blocks, order),
    words: countWords(frontmatter.body),
    frontmatter,
    body: frontmatter.body,
  };
}

function oneText(value: unknown): string | null {
  const isText = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  const text = isText ? String(value).trim() : '';
  return text === '' ? null : text;
}

/** A list, or a text with commas; each entry once, in the author's order. */
function textList(value: unknown): string[] {
  const entries: unknown[] = Array.isArray(value) ? value : (oneText(value)?.split(',') ?? []);
  return [...new Set(entries.map(oneText).filter((entry) => entry !== null))];
}
