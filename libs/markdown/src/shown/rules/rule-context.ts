import type { Env } from 'markdown-it';
import type { PageText, ShownHeading, Showing } from '../../page-text.js';
import type { WrittenLinks } from '../written-links.js';

/** What the rules know of the page they read, handed through the parser as its environment. */
export interface RuleContext {
  page: PageText;
  showing: Showing;
  links: WrittenLinks;
  /** The 1-based line of the page on which what is parsed begins. */
  firstLine: number;
  /** Whether the page is shown within another: its headings are no targets then. */
  isEmbedded: boolean;
  headings: ShownHeading[];
  /** Shows a page within this one. */
  embed: (key: string) => string | null;
  /** How many pages it shows within itself so far. */
  embeddedCount?: number;
  /** In how many embeddings of double braces what is read stands. */
  depth?: number;
  /** How many lists of files, pages and rows it shows so far. */
  lists?: number;
  /** Whether it begins with a heading of the first level. */
  hasTitle?: boolean;
  /** How many lines at its top look like frontmatter that cannot be read. */
  brokenLines?: number;
  /** Before the names of footnotes: those of an embedded page are others. */
  docId?: string;
}

/** What was handed through the parser. */
export const contextOf = (env: Env | undefined): RuleContext => env as unknown as RuleContext;
