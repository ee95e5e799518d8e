import { parseFrontmatter, type Frontmatter } from './frontmatter.js';
import { Slugs } from './heading-slugs.js';
import { storable } from './storable-text.js';
import { textBlocks, type TextBlock } from './markdown-blocks.js';

/** A heading of a page. */
export interface Heading {
  level: number;
  text: string;
  /** 1-based line in the whole text. */
  line: number;
  /** The titles of the headings above it and its own, joined with ` > `. */
  path: string;
  /** The anchor, unique on the page. */
  slug: string;
  /** Offsets of the heading line in the whole text, without its line break. */
  start: number;
  end: number;
}

// A title may be as long as the page; in the paths of all headings below it, it may not.
const longestTitle = 200;

/** The headings of a page: `#` to `######` at the beginning of a line, outside code, comments and frontmatter. */
export function headingsOf(text: string): Heading[] {
  const { bodyStart, bodyLine } = parseFrontmatter(text);
  return headingsIn(text, textBlocks(text, bodyStart, bodyLine));
}

/** The blocks of prose of a page whose frontmatter is known. */
export function blocksOf(text: string, { bodyStart, bodyLine }: Frontmatter): TextBlock[] {
  return textBlocks(text, bodyStart, bodyLine);
}

/** The headings among the blocks of a page. */
export function headingsIn(text: string, blocks: readonly TextBlock[]): Heading[] {
  const slugs = new Slugs();
  const above: { level: number; text: string }[] = [];
  const headings: Heading[] = [];
  for (const { start, end, line, heading } of blocks) {
    const read = heading ? readHeading(text.slice(start, end)) : null;
    if (read === null) continue;
    while (above.length > 0 && (above.at(-1)?.level ?? 0) >= read.level) above.pop();
    above.push({ level: read.level, text: storable(read.text.slice(0, longestTitle)) });
    const path = above.map((title) => title.text).join(' > ');
    headings.push({ ...read, line, path, slug: slugs.next(read.text), start, end });
  }
  return headings;
}

/** Level and title of a heading line; null when it has no title. */
export function readHeading(line: string): { level: number; text: string } | null {
  const level = /^#{1,6}(?=[ \t])/.exec(line)?.[0].length;
  if (level === undefined) return null;
  const text = storable(withoutClosingHashes(line.slice(level).trim()));
  return text === '' ? null : { level, text };
}

/** Drops a closing run of hashes, but only behind a blank: `C#` keeps its own. */
function withoutClosingHashes(title: string): string {
  let end = title.length;
  while (end > 0 && title[end - 1] === '#') end--;
  if (end === 0) return '';
  const hasBlank = title[end - 1] === ' ' || title[end - 1] === '\t';
  return hasBlank ? title.slice(0, end).trimEnd() : title;
}
