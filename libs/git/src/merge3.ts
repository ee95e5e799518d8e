import { diffArrays } from 'diff';

/** The merged text, or how many places clash. */
export type Merged = { clean: true; text: string } | { clean: false; conflicts: number };

interface Hunk {
  /** Lines [from, to) of the base are replaced. */
  from: number;
  to: number;
  lines: string[];
  /** How many lines further up or down the same change could as well be said to be, where lines repeat. */
  up: number;
  down: number;
}

const diffMs = 2_000;
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/**
 * Line-based three-way merge. Changes of the two sides that overlap or touch are a conflict, as in
 * `git merge-file`; the same change on both sides is taken once. Line ends are kept as they are.
 */
export function merge3(base: string, ours: string, theirs: string): Merged {
  if (ours === theirs || theirs === base) return { clean: true, text: ours };
  if (ours === base) return { clean: true, text: theirs };
  const lines = linesOf(base);
  const left = hunks(lines, linesOf(ours));
  const right = hunks(lines, linesOf(theirs));
  if (left === null || right === null) return { clean: false, conflicts: 1 };
  return weave(lines, left, right);
}

function weave(base: string[], left: Hunk[], right: Hunk[]): Merged {
  const result: string[] = [];
  let at = 0;
  let conflicts = 0;
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    const [a, b] = [left[i], right[j]];
    const next = a === undefined || (b !== undefined && b.from < a.from) ? b : a;
    if (next === undefined) break;
    const other = next === a ? b : a;
    if (other !== undefined && touches(next, other)) {
      if (!same(next, other)) conflicts += 1;
      [i, j] = [i + 1, j + 1];
    } else if (next === a) i += 1;
    else j += 1;
    result.push(...base.slice(at, next.from), ...next.lines);
    at = Math.max(at, next.to);
  }
  result.push(...base.slice(at));
  return conflicts === 0 ? { clean: true, text: result.join('') } : { clean: false, conflicts };
}

/** git wants at least one unchanged line between two sides' changes; so do we, wherever either may be said to be. */
const touches = (a: Hunk, b: Hunk): boolean => a.from - a.up <= b.to + b.down && b.from - b.up <= a.to + a.down;
const same = (a: Hunk, b: Hunk): boolean =>
  a.from === b.from && a.to === b.to && a.lines.length === b.lines.length && a.lines.every((l, i) => l === b.lines[i]);

function hunks(base: string[], changed: string[]): Hunk[] | null {
  // `timeout` makes the result undefined instead of holding up the event loop on two wholly different texts.
  const parts = diffArrays<string>(base, changed, { timeout: diffMs });
  if (parts === undefined) return null;
  const found: Hunk[] = [];
  let at = 0;
  let open: Hunk | null = null;
  for (const part of parts) {
    if (!part.added && !part.removed) {
      open = null;
      at += part.value.length;
      continue;
    }
    if (open === null) {
      open = { from: at, to: at, lines: [], up: 0, down: 0 };
      found.push(open);
    }
    if (part.added) open.lines.push(...part.value);
    else {
      at += part.value.length;
      open.to = at;
    }
  }
  return found.map((hunk) => ({ ...hunk, ...slack(base, hunk) }));
}

/** The same result can be had by adding, or removing, at other places when the lines around are like those added or removed. */
function slack(base: string[], { from, to, lines }: Hunk): { up: number; down: number } {
  let [up, down] = [0, 0];
  for (const moved of [lines, base.slice(from, to)].filter(({ length }) => length > 0)) {
    let [higher, lower] = [0, 0];
    while (lower < base.length - to && base[to + lower] === moved[lower % moved.length]) lower += 1;
    while (higher < from && base[from - 1 - higher] === moved.at(-1 - (higher % moved.length))) higher += 1;
    [up, down] = [Math.max(up, higher), Math.max(down, lower)];
  }
  return { up, down };
}
