import { readYaml } from './frontmatter-yaml.js';

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

/** Offsets of a block that has the form of frontmatter, whatever stands in it. */
export interface FrontmatterBlock {
  /** Where the YAML begins and ends. */
  start: number;
  end: number;
  /** Where the page below it begins. */
  bodyStart: number;
}

const opening = /^\uFEFF?---[ \t]*(?:\r\n|\n|\r)/;
const closing = /(?<=[\r\n])---[ \t]*(?:\r\n|\n|\r|$)/g;

/** Finds the block between `---` on the very first line and the next such line; null when there is none. */
export function frontmatterBlock(text: string): FrontmatterBlock | null {
  const start = opening.exec(text)?.[0].length;
  if (start === undefined) return null;
  closing.lastIndex = start;
  const close = closing.exec(text);
  if (close === null) return null;
  return { start, end: close.index, bodyStart: close.index + close[0].length };
}

/** Reads the frontmatter of a page; never throws. What cannot be read is part of the body, and the problem says why. */
export function parseFrontmatter(text: string): Frontmatter {
  const block = frontmatterBlock(text);
  if (block === null) return without(text, null);
  const raw = text.slice(block.start, block.end);
  const read = readYaml(raw);
  if ('problem' in read) return without(text, read.problem);
  const { bodyStart } = block;
  return { ...read, raw, body: text.slice(bodyStart), bodyLine: lineAt(text, bodyStart), bodyStart, problem: null };
}

function without(text: string, problem: string | null): Frontmatter {
  return { data: null, order: [], raw: '', body: text, bodyLine: 1, bodyStart: 0, problem };
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split(/\r\n|\n|\r/).length;
}
