export interface TreeEntry {
  path: string;
  mode: string;
  size?: number;
}
export interface TreeLimits {
  pageBytes: number;
  fileBytes: number;
  entries: number;
  refusals: number;
}
export interface TreeVerdict {
  refusals: string[];
  odd: { path: string; reason: string }[];
}
export function checkTree(
  entries: Iterable<TreeEntry>,
  o: { changed?: ReadonlySet<string>; limits?: Partial<TreeLimits> } = {},
): TreeVerdict {
  void entries;
  void o;
  return { refusals: [], odd: [] };
}
