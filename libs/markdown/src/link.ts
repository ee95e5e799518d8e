/** In which order a piped wikilink is written: `[[Page|label]]` or `[[label|Page]]`. */
export type LinkOrder = 'target-first' | 'label-first';

/** One link of a page to another page or file of the wiki. */
export interface Link {
  kind: 'wiki' | 'markdown' | 'embed';
  /**
   * The path it names, decoded and without anchor. Markdown links begin with `./` or `../` (relative to the page's
   * folder) or `/` (from the root of the wiki); wikilinks are looked up from the root.
   */
  target: string;
  anchor: string | null;
  label: string | null;
  /** Offsets of the whole link in the text. */
  start: number;
  end: number;
  /** Offsets of the written target alone, the part a rename replaces. */
  targetStart: number;
  targetEnd: number;
  line: number;
}
