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
export function headingsOf(text: string): Heading[] {
  void text;
  return [];
}
