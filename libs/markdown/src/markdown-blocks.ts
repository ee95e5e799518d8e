/** Consecutive lines of prose: a paragraph, a list item, a table, or one heading. Code and comments are in none. */
export interface TextBlock {
  start: number;
  /** Behind the last character, without the line break. */
  end: number;
  /** 1-based line of its first line in the whole text. */
  line: number;
  /** Whether it is a heading marked with `#` at the very beginning of its line. */
  heading: boolean;
}

interface Line {
  start: number;
  end: number;
  number: number;
}

interface Fence {
  mark: string;
  length: number;
  quotes: number;
  indent: number;
}

const rawHtml = /^<(?:!--|(?:pre|script|style|textarea)(?=[\s>]|$))/i;
const commentEnd = /-->/;
const elementEnd = /<\/(?:pre|script|style|textarea)>/i;
const marker = /(?:[-+*]|\d{1,9}[.)])(?:[ \t]+|$)/y;
const maxMarkers = 16;

/** The blocks of prose of a page from `from` on, in order, in time linear in the text. */
export function textBlocks(text: string, from = 0, firstLine = 1): TextBlock[] {
  const scanner = new BlockScanner();
  // A byte order mark is no part of the first line, which may be a heading or a fence.
  const start = from === 0 && text.startsWith('\uFEFF') ? 1 : from;
  for (const line of lines(text, start, firstLine)) scanner.take(line, text.slice(line.start, line.end));
  return scanner.blocks;
}

function* lines(text: string, from: number, firstLine: number): Generator<Line> {
  const breaks = /\r\n|\n|\r/g;
  breaks.lastIndex = from;
  let start = from;
  for (let number = firstLine; start <= text.length; number++) {
    const found = breaks.exec(text);
    yield { start, end: found?.index ?? text.length, number };
    if (found === null) return;
    start = breaks.lastIndex;
  }
}

/** Reads a page line by line and keeps apart what is prose and what only looks like it. */
class BlockScanner {
  readonly blocks: TextBlock[] = [];
  private open: TextBlock | null = null;
  private openQuotes = 0;
  private fence: Fence | null = null;
  /** What ends the comment or raw element the line is in. */
  private rawEnd: RegExp | null = null;
  /** The columns at which the contents of the enclosing list items begin. */
  private items: number[] = [];

  take(line: Line, whole: string): void {
    if (this.fence !== null && this.staysFenced(this.fence, whole)) return;
    if (this.rawEnd !== null) {
      if (this.rawEnd.test(whole)) this.rawEnd = null;
      return;
    }
    const { quotes, rest } = withoutQuotes(whole, Infinity);
    const indent = indentOf(rest);
    if (indent.end === rest.length) this.open = null;
    else this.takeContent(line, { quotes, rest, at: indent.end, column: indent.column });
  }

  private takeContent(line: Line, content: { quotes: number; rest: string; at: number; column: number }): void {
    const { at, newItem, extra } = this.enterItems(content);
    const isCode = extra > 3;
    const rest = content.rest.slice(at);
    if (!isCode && this.opensFence(rest, content.quotes)) return;
    if (!isCode && this.opensRawHtml(rest)) return;
    const isHeading = !isCode && /^#{1,6}(?:[ \t]|$)/.test(rest);
    this.addText(line, { fresh: newItem || isHeading, quotes: content.quotes });
    if (!isHeading || this.open === null) return;
    this.open.heading = content.quotes === 0 && content.column === 0 && !newItem;
    this.open = null;
  }

  private addText(line: Line, { fresh, quotes }: { fresh: boolean; quotes: number }): void {
    if (this.open !== null && !fresh && quotes === this.openQuotes) {
      this.open.end = line.end;
      return;
    }
    this.open = { start: line.start, end: line.end, line: line.number, heading: false };
    this.openQuotes = quotes;
    this.blocks.push(this.open);
  }

  /** Leaves the list items this line is no longer in, enters those it begins. */
  private enterItems({ rest, at, column }: { rest: string; at: number; column: number }) {
    while (this.items.length > 0 && (this.items.at(-1) ?? 0) > column) this.items.pop();
    let extra = column - (this.items.at(-1) ?? 0);
    let newItem = false;
    for (let count = 0; count < maxMarkers && extra <= 3; count++) {
      marker.lastIndex = at;
      const found = marker.exec(rest)?.[0];
      if (found === undefined) break;
      newItem = true;
      const padding = found.length - found.trimEnd().length;
      const used = padding > 4 ? found.length - padding + 1 : found.length;
      at += found.length;
      this.items.push((column += used));
      extra = found.length - used;
      column += extra;
    }
    return { at, newItem, extra };
  }

  private opensRawHtml(rest: string): boolean {
    if (!rawHtml.test(rest)) return false;
    const end = rest.startsWith('<!--') ? commentEnd : elementEnd;
    this.rawEnd = end.test(rest.slice(2)) ? null : end;
    this.open = null;
    return true;
  }

  private opensFence(rest: string, quotes: number): boolean {
    const run = /^(?:`{3,}(?=[^`]*$)|~{3,})/.exec(rest)?.[0];
    if (run === undefined) return false;
    this.fence = { mark: run.charAt(0), length: run.length, quotes, indent: this.items.at(-1) ?? 0 };
    this.open = null;
    return true;
  }

  /** Whether a line belongs to the fence; a fence also ends with the quotation or list item it stands in. */
  private staysFenced(fence: Fence, whole: string): boolean {
    const { quotes, rest } = withoutQuotes(whole, fence.quotes);
    const indent = indentOf(rest);
    const isBlank = indent.end === rest.length;
    if (quotes < fence.quotes || (!isBlank && indent.column < fence.indent)) {
      this.fence = null;
      return false;
    }
    const written = rest.slice(indent.end).trimEnd();
    if (written.length >= fence.length && written === fence.mark.repeat(written.length)) this.fence = null;
    return true;
  }
}

function withoutQuotes(line: string, most: number): { quotes: number; rest: string } {
  const mark = / {0,3}> ?/y;
  let at = 0;
  let quotes = 0;
  while (quotes < most && mark.test(line)) {
    at = mark.lastIndex;
    quotes++;
  }
  return { quotes, rest: line.slice(at) };
}

function indentOf(line: string): { end: number; column: number } {
  let column = 0;
  let end = 0;
  for (; end < line.length; end++) {
    const character = line[end];
    if (character === ' ') column++;
    else if (character === '\t') column += 4 - (column % 4);
    else break;
  }
  return { end, column };
}
