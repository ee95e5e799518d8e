import { type Link, type LinkOrder, linksOf } from '../links.js';

// Characters that no text has: Unicode keeps them for inner use. The brace is there since markdown looks up at one.
const [opening, closing] = ['{\uFDD0', '\uFDD1}'];
const mark = /\{\uFDD0(\d+)\uFDD1\}/g;

/**
 * The wikilinks and embeds of a page, each replaced by a mark in its text. So a link is what the parser of links says,
 * which also serves the catalogue and renames, and the parser of markdown has no say in it.
 */
export class WrittenLinks {
  /** The text with marks in place of links. */
  readonly marked: string;
  private readonly links: Link[];
  private readonly written: string[];

  private constructor(marked: string, links: Link[], written: string[]) {
    this.marked = marked;
    this.links = links;
    this.written = written;
  }

  /** Takes the links out of a page from `from` on. */
  static in(text: string, order: LinkOrder, from: number): WrittenLinks {
    const clean = text.replaceAll(/[\uFDD0\uFDD1]/g, '\uFFFD');
    const links = linksOf(clean, order).filter(({ kind, start }) => kind !== 'markdown' && start >= from);
    let [marked, at] = ['', from];
    for (const [number, { start, end }] of links.entries()) {
      marked += `${clean.slice(at, start)}${opening}${number}${closing}`;
      at = end;
    }
    const written = links.map(({ start, end }) => clean.slice(start, end));
    return new WrittenLinks(marked + clean.slice(at), links, written);
  }

  /** The link whose mark begins at this place of a text, and the length of the mark; null when there is none. */
  at(text: string, place: number): { link: Link; length: number } | null {
    if (!text.startsWith(opening, place)) return null;
    const end = text.indexOf(closing, place);
    const link = this.links[Number(text.slice(place + opening.length, end))];
    return link === undefined ? null : { link, length: end + closing.length - place };
  }

  /** A text as it was written: what stands in code or formulas is no link after all. */
  restored(text: string): string {
    if (!text.includes(opening)) return text;
    return text.replace(mark, (_, number: string) => this.written[Number(number)] ?? '');
  }
}
