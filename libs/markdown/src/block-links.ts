import { inertSpans, type Span } from './inert-spans.js';
import { definitionDestination, inlineDestination } from './link-destination.js';
import { markdownTarget, wikiTarget, type WrittenTarget } from './link-targets.js';
import type { Link, LinkOrder } from './link.js';

type Found = Omit<Link, 'line'>;
// Labels of pictures in pictures hold each other; whole ones would cost the square of the page.
const longestLabel = 1000;
const definition = / {0,3}\[(?!\^)([^[\]\\]{1,500})\]:/y;

/** Finds the links of one block of prose from left to right, never going back. */
export class BlockLinks {
  private readonly found: Found[] = [];
  private readonly inert: Span[];
  private nextInert = 0;
  /** Where open brackets stand. */
  private readonly brackets: number[] = [];
  /** How many of them stand around a link that is complete; a link holds pictures, but no other link. */
  private around = 0;
  /** Where the last `[[` on this line stands, or -1. */
  private wiki = -1;

  private readonly block: string;
  private readonly order: LinkOrder;

  constructor(block: string, order: LinkOrder) {
    this.block = block;
    this.order = order;
    this.inert = inertSpans(block);
  }

  find(): Found[] {
    let at = this.definitions();
    while (at < this.block.length) at = this.step(at);
    return this.found;
  }

  private step(at: number): number {
    const inert = this.inertEnd(at);
    if (inert !== null) return inert;
    switch (this.block[at]) {
      case '\\':
        return at + 2;
      case '\n':
      case '\r':
        this.wiki = -1;
        return at + 1;
      case '[':
        if (this.block[at + 1] === '[') this.wiki = at;
        this.brackets.push(at);
        return at + 1;
      case ']':
        return this.close(at);
      default:
        return at + 1;
    }
  }

  private inertEnd(at: number): number | null {
    while ((this.inert[this.nextInert]?.end ?? Infinity) <= at) this.nextInert++;
    const span = this.inert[this.nextInert];
    return span !== undefined && span.start <= at ? span.end : null;
  }

  private close(at: number): number {
    if (this.wiki !== -1 && this.block[at + 1] === ']' && !this.isMarkdownLabel(at)) return this.closeWiki(at);
    if (this.wiki !== -1 && this.block[at + 1] !== ']') this.wiki = -1;
    const open = this.brackets.pop();
    const isAround = this.brackets.length < this.around;
    if (isAround) this.around = this.brackets.length;
    if (open === undefined || this.block[at + 1] !== '(') return at + 1;
    return isAround && !this.isImage(open) ? at + 1 : this.closeMarkdown(open, at);
  }

  /** `[[1]](https://…)` is a markdown link with brackets in its label. */
  private isMarkdownLabel(at: number): boolean {
    return this.block[at + 2] === '(' && inlineDestination(this.block, at + 3) !== null;
  }

  private closeWiki(at: number): number {
    const open = this.wiki;
    this.wiki = -1;
    this.brackets.splice(-2);
    const written = splitLabel(this.block.slice(open + 2, at), this.order);
    const target = wikiTarget(written.target);
    if (target === null) return at + 2;
    const isEmbed = this.isImage(open);
    this.add(target, {
      kind: isEmbed ? 'embed' : 'wiki',
      label: written.label?.trim() || null,
      start: isEmbed ? open - 1 : open,
      end: at + 2,
      offset: open + 2 + written.offset,
    });
    return at + 2;
  }

  private isImage(open: number): boolean {
    return open > 0 && this.block[open - 1] === '!' && this.escapesBefore(open - 1) % 2 === 0;
  }

  private escapesBefore(at: number): number {
    let count = 0;
    while (this.block[at - 1 - count] === '\\') count++;
    return count;
  }

  private closeMarkdown(open: number, at: number): number {
    const isImage = this.isImage(open);
    const destination = inlineDestination(this.block, at + 2, isImage);
    if (destination === null) return at + 1;
    const target = markdownTarget(this.block.slice(destination.start, destination.end));
    if (target === null) return destination.close;
    const label = this.block.slice(open + 1, Math.min(at, open + 1 + longestLabel));
    const start = isImage ? open - 1 : open;
    if (!isImage) this.around = this.brackets.length;
    this.add(target, { kind: 'markdown', label, start, end: destination.close, offset: destination.start });
    return destination.close;
  }

  /** Reads the definitions at the head of the block: `[name]: Other%20Page.md`. */
  private definitions(): number {
    for (let at = 0; ;) {
      definition.lastIndex = at;
      const name = definition.exec(this.block);
      if (name === null) return at;
      const destination = definitionDestination(this.block, definition.lastIndex);
      if (destination === null) return at;
      const target = markdownTarget(this.block.slice(destination.start, destination.end));
      const end = destination.close;
      if (target !== null)
        this.add(target, { kind: 'markdown', label: name[1] ?? null, start: at, end, offset: destination.start });
      at = end;
    }
  }

  private add(read: WrittenTarget, link: Pick<Found, 'kind' | 'label' | 'start' | 'end'> & { offset: number }): void {
    const { offset, ...rest } = link;
    const { target, anchor } = read;
    this.found.push({ ...rest, target, anchor, targetStart: offset + read.start, targetEnd: offset + read.end });
  }
}

/** Takes what is between the brackets apart at its bar; the target has no bar, the label may have. */
function splitLabel(inner: string, order: LinkOrder): { target: string; label: string | null; offset: number } {
  const bar = order === 'target-first' ? inner.indexOf('|') : inner.lastIndexOf('|');
  if (bar === -1) return { target: inner, label: null, offset: 0 };
  const [before, after] = [inner.slice(0, bar), inner.slice(bar + 1)];
  if (order === 'target-first') return { target: before, label: after, offset: 0 };
  return { target: after, label: before.replace(/\\$/, ''), offset: bar + 1 };
}
