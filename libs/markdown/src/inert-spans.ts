/** A part of a block in which markdown is not read. */
export interface Span {
  start: number;
  end: number;
}

const commentEnd = '-->';

/** The code spans and comments of a block of prose, in order; offsets in the block. */
export function inertSpans(block: string): Span[] {
  if (!block.includes('`') && !block.includes('<!--')) return [];
  const closers = new RunsByLength(block);
  const lastComment = block.lastIndexOf(commentEnd);
  const token = /\\[^]|`+|<!--/g;
  const spans: Span[] = [];
  for (let found = token.exec(block); found !== null; found = token.exec(block)) {
    const end = endOf(found[0]);
    if (end === null) continue;
    spans.push({ start: found.index, end });
    token.lastIndex = end;
  }
  return spans;

  function endOf(opener: string): number | null {
    if (opener.startsWith('\\')) return null;
    if (opener.startsWith('`')) return closers.next(opener.length, token.lastIndex);
    // Without this look, a page of unclosed comments would be searched to its end for each of them.
    if (lastComment < token.lastIndex) return null;
    return block.indexOf(commentEnd, token.lastIndex) + commentEnd.length;
  }
}

/** The runs of backticks of a block by length; asked from left to right, so that each run is passed once. */
class RunsByLength {
  private readonly runs = new Map<number, { starts: number[]; next: number }>();

  constructor(block: string) {
    for (const run of block.matchAll(/`+/g)) {
      const known = this.runs.get(run[0].length);
      if (known === undefined) this.runs.set(run[0].length, { starts: [run.index], next: 0 });
      else known.starts.push(run.index);
    }
  }

  /** The end of the first run of exactly this length at or behind `from`. */
  next(length: number, from: number): number | null {
    const known = this.runs.get(length);
    if (known === undefined) return null;
    while ((known.starts[known.next] ?? Infinity) < from) known.next++;
    const start = known.starts[known.next];
    return start === undefined ? null : start + length;
  }
}
