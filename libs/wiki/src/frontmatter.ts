/** The YAML block at the top of a page, and where the text below it begins. */
export interface Frontmatter {
  /** The mapping, or null when there is none that can be read. */
  data: Record<string, unknown> | null;
  /** The keys in the author's order. */
  order: string[];
  /** The YAML between the two `---` lines; empty without frontmatter. */
  raw: string;
  /** The page below the block; the whole text without frontmatter. */
  body: string;
  /** The 1-based line on which the body begins. */
  bodyLine: number;
  /** Where the body begins in the text. */
  bodyStart: number;
  /** Why a block that looks like frontmatter could not be read. */
  problem: string | null;
}
export function parseFrontmatter(text: string): Frontmatter {
  return { data: null, order: [], raw: '', body: text, bodyLine: 1, bodyStart: 0, problem: null };
}
