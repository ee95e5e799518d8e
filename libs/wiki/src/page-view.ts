import type { ChangeInfo } from './change-info.js';

/** A page as it is read. */
export interface PageView {
  name: string;
  path: string;
  content: string;
  /** In the author's order; null when there is none that can be read. */
  frontmatter: Record<string, unknown> | null;
  linksTo: string[];
  linkedFrom: string[];
  /** The last commit that touched it. */
  revision: string;
  lastCommit: ChangeInfo;
  /** The commit of the wiki that was read. */
  commit: string;
  words: number;
  isHistoric: boolean;
  /** Canonical path of the section that was asked for. */
  section?: string;
}

/** A page as a list shows it. */
export interface PageRow {
  name: string;
  path: string;
  category: string | null;
  tags: string[];
  updatedAt: Date | null;
  words: number;
  revision: string;
}

/** A page as lists of addresses need it. */
export interface PageAddress {
  path: string;
  name: string;
  updatedAt: Date | null;
}

/** What a list is narrowed by; dates without a zone are UTC. */
export interface PageFilter {
  prefix?: string | undefined;
  category?: string | undefined;
  tag?: string | undefined;
  updatedSince?: Date | string | undefined;
  updatedBefore?: Date | string | undefined;
  order?: 'path' | 'oldest' | 'newest' | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}
