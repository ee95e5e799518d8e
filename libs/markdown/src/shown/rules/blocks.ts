import type { MarkdownIt } from 'markdown-it';
import type { StateBlock, StateCore } from 'markdown-it';
import { nameOf, titleTokens } from './alerts.js';

const opening = /^:::[ \t]*([A-Za-z0-9_-]{0,40})[ \t]*(.*)$/;
const families: Record<string, string> = {
  ...{ info: 'note', warning: 'warning', danger: 'caution', success: 'tip', none: 'none' },
};

/** The blocks of An Otter Wiki: `::: info Heading` to `:::`, spoilers `>! …` and folds `>| # Heading`. */
export function blocks(md: MarkdownIt): void {
  md.block.ruler.before('fence', 'fenced-block', fencedBlock, { alt: ['paragraph', 'blockquote', 'list'] });
  md.block.ruler.before('blockquote', 'spoiler', (...asked) => marked('!', ...asked), {
    alt: ['paragraph', 'blockquote', 'list'],
  });
  md.block.ruler.before('blockquote', 'fold', (...asked) => marked('|', ...asked), {
    alt: ['paragraph', 'blockquote', 'list'],
  });
}

function fencedBlock(state: StateBlock, from: number, to: number, silent: boolean): boolean {
  if (isCode(state, from)) return false;
  const found = opening.exec(lineAt(state, from));
  if (found === null || `${found[1]}${found[2]}` === '') return false;
  if (silent) return true;
  const [, family = '', heading = ''] = found;
  const end = closingLine(state, from, to);
  const last = Math.min(end, to);
  const open = state.push('block_open', 'div', 1);
  open.map = [from, last];
  open.attrSet('class', `wb-alert wb-alert-${families[family.toLowerCase()] ?? 'note'}`);
  const title = heading.replace(/^#+[ \t]*/, '').trim();
  if (title !== '') state.tokens.push(...titleTokens(asCore(state), 'p', title, state.level));
  within(state, from + 1, last);
  state.push('block_close', 'div', -1);
  state.line = Math.min(end + 1, to);
  return true;
}

/** The line of the `:::` that closes a block, or behind the last line when none does; blocks may hold blocks. */
function closingLine(state: StateBlock, from: number, to: number): number {
  let depth = 1;
  for (let line = from + 1; line < to; line += 1) {
    const text = lineAt(state, line).trimEnd();
    if (/^:::+$/.test(text)) depth -= 1;
    else if (opening.test(text)) depth += 1;
    if (depth === 0) return line;
  }
  return to;
}

function marked(sign: '!' | '|', state: StateBlock, from: number, to: number, silent: boolean): boolean {
  const start = `>${sign}`;
  if (isCode(state, from) || !lineAt(state, from).startsWith(start)) return false;
  if (silent) return true;
  let end = from;
  const lines: string[] = [];
  for (; end < to && lineAt(state, end).startsWith(start); end += 1) {
    lines.push(lineAt(state, end).slice(start.length).replace(/^ /, ''));
  }
  const summary = sign === '|' ? foldTitle(lines) : nameOf('spoiler');
  const open = state.push('fold_open', 'details', 1);
  open.map = [from, end];
  open.attrSet('class', sign === '|' ? 'wb-fold' : 'wb-fold wb-spoiler');
  state.tokens.push(...titleTokens(asCore(state), 'summary', summary, state.level));
  const content = lines.join('\n');
  const first = state.tokens.length;
  state.md.block.parse(content, state.md, state.env, state.tokens);
  const skipped = from + (end - from - lines.length);
  for (const token of state.tokens.slice(first)) {
    token.level += state.level;
    if (token.map !== null) token.map = [token.map[0] + skipped, token.map[1] + skipped];
  }
  state.push('fold_close', 'details', -1);
  state.line = end;
  return true;
}

/** Takes the heading at the top of a fold off, to be its summary. */
function foldTitle(lines: string[]): string {
  const heading = /^#{1,6}[ \t]+(.+)$/.exec(lines[0] ?? '')?.[1];
  if (heading === undefined) return nameOf('more');
  lines.shift();
  return heading;
}

/** Reads some lines as blocks of their own. */
function within(state: StateBlock, from: number, to: number): void {
  const { parentType, lineMax } = state;
  state.lineMax = to;
  state.md.block.tokenize(state, from, to);
  Object.assign(state, { parentType, lineMax });
}

const isCode = (state: StateBlock, line: number): boolean => (state.sCount[line] ?? 0) - state.blkIndent >= 4;

const lineAt = (state: StateBlock, line: number): string =>
  state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);

const asCore = (state: StateBlock): StateCore => state as unknown as StateCore;
