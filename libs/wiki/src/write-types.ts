import type { WikiId } from '@lib/acl';
import type { LinkOrder } from '@lib/markdown';

/** What every write may be bound to. */
export interface WriteOptions {
  /** The revision that was read: 7 to 40 hexadecimal digits of a commit. */
  revision?: string;
  message?: string;
  /** Only tell what would change. */
  dryRun?: boolean;
  /** A revision the page has to be at, never merged with a newer one; `*` is any, but it has to exist. */
  ifMatch?: string;
  /** The same key within a day is the same write: it happens once and is answered the same. */
  idempotencyKey?: string;
}

/** What became of a write. */
export interface WriteResult {
  path: string;
  /** The revision of the page now; null when it is gone, or when nothing was written yet. */
  revision: string | null;
  /** The commit that was made; null when none was needed. */
  commit: string | null;
  created: boolean;
  changed: boolean;
  /** True: the page holds more than what was sent, and `content` is what it holds. */
  merged: boolean;
  content?: string;
  /** Only of a dry run. */
  diff?: string;
  /** The other pages in which a rename rewrote links. */
  updatedPages?: string[];
}

/** One operation of a batch. */
export type WriteOperation =
  | { op: 'write'; path: string; content: string; revision?: string }
  | { op: 'edit'; path: string; revision: string; oldString: string; newString: string }
  | { op: 'append'; path: string; content: string; revision?: string }
  | { op: 'rename'; path: string; newPath: string; revision?: string; links?: boolean }
  | { op: 'delete'; path: string; revision?: string };

/** Several operations as one commit. */
export interface WriteBatch extends Omit<WriteOptions, 'revision'> {
  operations: WriteOperation[];
}

/** What became of a batch. */
export interface BatchResult {
  commit: string | null;
  changed: boolean;
  results: (WriteResult & { op: string })[];
  diff?: string;
}

/** Who links to pages, asked before a rename. */
export interface PageLinks {
  linkers(wiki: WikiId, paths: readonly string[]): Promise<string[]>;
}

/** How links of a wiki are written. */
export interface LinkStyle {
  of(wiki: WikiId): Promise<{ linkOrder: LinkOrder }>;
}

/** What a rename needs to rewrite links. */
export interface RenameLinks {
  style: LinkStyle;
  lookup: PageLinks;
}
