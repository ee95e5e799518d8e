/** Where the destination of a markdown link stands in its block, and where the link ends. */
export interface Destination {
  start: number;
  end: number;
  /** Behind the closing parenthesis, or behind the title of a definition. */
  close: number;
}

// CommonMark allows a limit; it also keeps a page of open parentheses from being read again for each of them.
const deepestParentheses = 32;

/** The size of a picture behind its destination: ` =300x200`, ` =300x` or ` =x200`. */
export const pictureSize = /[ \t]+=(\d{0,4})x(\d{0,4})(?=[ \t\r\n)])/y;

/** Reads what follows `](`: destination, of a picture perhaps its size, perhaps a title, and the closing parenthesis. */
export function inlineDestination(block: string, from: number, isPicture = false): Destination | null {
  const at = skipBlanks(block, from);
  const range = block[at] === '<' ? angled(block, at) : bare(block, at);
  if (range === null) return null;
  const end = range.end + (block[at] === '<' ? 1 : 0);
  pictureSize.lastIndex = end;
  const behind = isPicture && pictureSize.test(block) ? pictureSize.lastIndex : end;
  let close = skipBlanks(block, behind);
  if (close > behind) close = skipBlanks(block, skipTitle(block, close));
  return block[close] === ')' ? { ...range, close: close + 1 } : null;
}

/** Reads what follows `[name]:` in a definition; the rest of its line must be a title or nothing. */
export function definitionDestination(block: string, from: number): Destination | null {
  const at = skipBlanks(block, from);
  const range = block[at] === '<' ? angled(block, at) : bare(block, at);
  if (range === null || range.end === range.start) return null;
  const behind = range.end + (block[at] === '<' ? 1 : 0);
  const title = skipTitle(block, skipBlanks(block, behind));
  const rest = /[ \t]*(?:\r\n|\n|\r|$)/y;
  rest.lastIndex = title;
  if (rest.test(block)) return { ...range, close: rest.lastIndex };
  rest.lastIndex = behind;
  return rest.test(block) ? { ...range, close: rest.lastIndex } : null;
}

function angled(block: string, open: number): { start: number; end: number } | null {
  for (let at = open + 1; at < block.length; at++) {
    const character = block[at];
    if (character === '>') return { start: open + 1, end: at };
    if (character === '<' || character === '\n' || character === '\r') return null;
    if (character === '\\') at++;
  }
  return null;
}

function bare(block: string, start: number): { start: number; end: number } | null {
  let depth = 0;
  let at = start;
  for (; at < block.length; at++) {
    const code = block.charCodeAt(at);
    if (code <= 0x20 || code === 0x7f) break;
    if (code === 0x5c) at++;
    else if (code === 0x28 && ++depth > deepestParentheses) return null;
    else if (code === 0x29 && --depth < 0) break;
  }
  return depth > 0 ? null : { start, end: Math.min(at, block.length) };
}

/** Passes a title in quotes or parentheses; stays where it is when there is none. */
function skipTitle(block: string, at: number): number {
  const open = block[at];
  if (open !== '"' && open !== "'" && open !== '(') return at;
  const close = open === '(' ? ')' : open;
  for (let end = at + 1; end < block.length; end++) {
    const character = block[end];
    if (character === '\\') end++;
    else if (character === close) return end + 1;
    else if (character === '(' && open === '(') return at;
  }
  return at;
}

function skipBlanks(block: string, at: number): number {
  while (at < block.length && /[ \t\r\n]/.test(block.charAt(at))) at++;
  return at;
}
