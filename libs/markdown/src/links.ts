import { parseFrontmatter } from './frontmatter.js';
import { blocksOf } from './headings.js';
import { BlockLinks } from './block-links.js';
import type { Link, LinkOrder } from './link.js';
import { storable } from './storable-text.js';
import type { TextBlock } from './markdown-blocks.js';

export type { Link, LinkOrder };

/** The links of a page to pages and files of its wiki, in order; those in code, comments and frontmatter are text. */
export function linksOf(text: string, order: LinkOrder): Link[] {
  return linksIn(text, blocksOf(text, parseFrontmatter(text)), order);
}

/** The links in the blocks of a page. */
export function linksIn(text: string, blocks: readonly TextBlock[], order: LinkOrder): Link[] {
  const links: Link[] = [];
  for (const block of blocks) {
    const written = text.slice(block.start, block.end);
    if (!written.includes('[')) continue;
    const found = new BlockLinks(written, order).find().sort((a, b) => a.start - b.start);
    const lines = new LineCounter(written, block.line);
    for (const link of found) links.push({ ...shifted(link, block.start), line: lines.at(link.start) });
  }
  return links;
}

function shifted(link: Omit<Link, 'line'>, by: number): Omit<Link, 'line'> {
  const { start, end, targetStart, targetEnd } = link;
  const shown = (text: string | null) => (text === null ? null : storable(text));
  const moved = { start: start + by, end: end + by, targetStart: targetStart + by, targetEnd: targetEnd + by };
  return { ...link, label: shown(link.label), anchor: shown(link.anchor), ...moved };
}

/** Counts lines up to offsets that only grow. */
class LineCounter {
  private readonly breaks = /\r\n|\n|\r/g;
  private next: number;

  private readonly text: string;
  private line: number;

  constructor(text: string, line: number) {
    this.text = text;
    this.line = line;
    this.next = this.find();
  }

  at(offset: number): number {
    while (this.next <= offset) {
      this.line++;
      this.next = this.find();
    }
    return this.line;
  }

  private find(): number {
    return this.breaks.exec(this.text) === null ? Infinity : this.breaks.lastIndex;
  }
}
