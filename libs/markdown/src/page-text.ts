import type { LinkOrder } from './link.js';

/** What the target of a link or embed turned out to be. */
export type Place =
  | { kind: 'page'; path: string }
  | { kind: 'file'; path: string }
  /** No page has this path; one may be made there. */
  | { kind: 'missing'; path: string }
  | { kind: 'ambiguous'; paths: readonly string[] };

/** A page that is to be shown, with all that showing it needs to know of others. Plain data: it crosses to a thread. */
export interface PageText {
  /** Where it lies; relative targets are read from there. */
  path: string;
  /** The whole page, frontmatter included. */
  text: string;
  order: LinkOrder;
  /** What each target that it names means; a target that is not among them leads nowhere. */
  places: ReadonlyMap<string, Place>;
  /** The pages, or sections of them, that it shows within itself, by `embedKey`. */
  embeds: ReadonlyMap<string, PageText>;
  /** What else of the wiki it shows; absent when it shows nothing else. */
  listed?: Listed;
}

/** What embeddings in double braces show of the wiki, as far as whoever reads may see it. */
export interface Listed {
  /** The text of tables, by the target that names their file. */
  tables: ReadonlyMap<string, string>;
  /** The files of the page. */
  files: readonly ListedFile[];
  /** The pages of folders, by path; the whole wiki is the folder without a name. */
  pages: ReadonlyMap<string, readonly ListedPage[]>;
}

/** A file in a list. */
export interface ListedFile {
  path: string;
  bytes: number;
  changedAt: Date;
  author: string;
  message: string;
}

/** A page in an index. */
export interface ListedPage {
  path: string;
  title: string;
  /** Empty unless they are asked for. */
  headings: readonly ShownHeading[];
}

/** By which an embedded page is found among those of its page. */
export const embedKey = (target: string, anchor: string | null): string =>
  anchor === null ? target : `${target}#${anchor}`;

/** How a page is shown. */
export interface Showing {
  /** What the address of every page and file of the wiki begins with, without a slash at the end. */
  base: string;
  /** Whether blocks say on which line of the page they begin, as a preview that scrolls along needs. */
  hasLines?: boolean;
}

/** A heading in the table of contents. */
export interface ShownHeading {
  level: number;
  text: string;
  /** The `id` of its element. */
  id: string;
}

/** A page as HTML that is safe to be put into a page of ours. */
export interface ShownPage {
  html: string;
  headings: ShownHeading[];
  /** Whether the text begins with a heading of the first level, which is its title then. */
  hasTitle: boolean;
}
