import type { Frontmatter } from './frontmatter.js';
import type { Heading } from './headings.js';
import type { Link } from './links.js';

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
import { parseFrontmatter } from './frontmatter.js';
import type { LinkOrder } from './links.js';
export function parsePage(text: string, order: LinkOrder): ParsedPage {
  void order;
  const frontmatter = parseFrontmatter(text);
  return {
    title: null,
    aliases: [],
    tags: [],
    category: null,
    headings: [],
    links: [],
    words: 0,
    frontmatter,
    body: frontmatter.body,
  };
}
