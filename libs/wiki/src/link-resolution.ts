/** What a link can be looked up in; `pageLookup` makes one from a list of pages. */
export interface PageLookup {
  /** Whether a page has exactly this path. */
  has(page: string): boolean;
  /** The pages whose folded path is this key. */
  folded(key: string): readonly string[];
  /** The pages of which the folded last segment or a folded alias is this key. */
  named(key: string): readonly string[];
}

/** Which page a link means: one, several (never guessed), or one that does not exist (its path from the root). */
export type Resolution = { page: string } | { ambiguous: string[] } | { missing: string };
export function pageLookup(pages: Iterable<{ path: string; aliases?: readonly string[] }>): PageLookup {
  void pages;
  return { has: () => false, folded: () => [], named: () => [] };
}
export function resolveLink(target: string, from: string, lookup: PageLookup): Resolution {
  void from;
  void lookup;
  return { missing: target };
}
/** The files a link or embed may mean, best first. */
export function fileCandidates(target: string, from: string): string[] {
  void from;
  return [target];
}
