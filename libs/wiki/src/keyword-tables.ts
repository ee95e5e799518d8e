import type { WikiId } from '@lib/acl';
import type { EntityManager } from 'typeorm';

/** What of a page can be found by words. */
export interface KeywordPage {
  path: string;
  title: string;
  aliases: string[];
  headings: string[];
  /** The text below the frontmatter. */
  body: string;
}

/** The keyword tables as the catalogue writes them, in its own transaction. */
export interface KeywordTables {
  /** Writes these pages, new or changed. */
  replace(manager: EntityManager, wiki: WikiId, pages: KeywordPage[]): Promise<void>;
  remove(manager: EntityManager, wiki: WikiId, paths: string[]): Promise<void>;
  clear(manager: EntityManager, wiki: WikiId): Promise<void>;
}
