/** What of a page can be found by words. */
export interface KeywordPage {
  path: string;
  title: string;
  aliases: string[];
  headings: string[];
  /** The text below the frontmatter. */
  body: string;
}
