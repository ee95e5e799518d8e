import type { MarkdownIt } from 'markdown-it';
import type { Token } from 'markdown-it';
import type { StateCore } from 'markdown-it';

/** Kinds that have a colour and a name of their own; those that other programs know besides are shown as one of them. */
const kinds: Record<string, string> = {
  ...{ note: 'note', info: 'note', abstract: 'note', summary: 'note', todo: 'note', quote: 'note', example: 'note' },
  ...{ tip: 'tip', hint: 'tip', success: 'tip', check: 'tip', done: 'tip' },
  ...{ important: 'important', question: 'important', help: 'important', faq: 'important' },
  ...{ warning: 'warning', attention: 'warning' },
  ...{ caution: 'caution', danger: 'caution', error: 'caution', failure: 'caution', bug: 'caution' },
};
const head = /^\[!([A-Za-z]{1,20})\]([+-]?)[ \t]*([^\n]*)(?:\n|$)/;

/** Quotations that begin with `[!NOTE]` are alerts: `[!tip] A title`, and folded ones `[!tip]- A title`. */
export function alerts(md: MarkdownIt): void {
  // Before the texts of blocks are read: the head is no text.
  md.core.ruler.after('block', 'alerts', (state) => {
    for (let at = 0; at < state.tokens.length; at += 1)
      if (state.tokens[at]?.type === 'blockquote_open') alert(state, at);
  });
}

function alert(state: StateCore, at: number): void {
  const { tokens } = state;
  const [open, paragraph, inline] = [tokens[at], tokens[at + 1], tokens[at + 2]];
  if (open === undefined || paragraph?.type !== 'paragraph_open' || inline?.type !== 'inline') return;
  const found = head.exec(inline.content);
  if (found === null) return;
  const [whole, written = '', fold, title = ''] = found;
  const kind = kinds[written.toLowerCase()] ?? 'note';
  const close = closingOf(tokens, at);
  inline.content = inline.content.slice(whole.length);
  const isEmpty = inline.content === '';
  const shown = title.trim() === '' ? nameOf(written) : title.trim();
  const [tag, titleTag] = fold === '' ? ['div', 'p'] : ['details', 'summary'];
  for (const token of [open, close]) if (token !== undefined) [token.type, token.tag] = [`alert_${token.nesting}`, tag];
  open.attrs = [
    ['class', `wb-alert wb-alert-${kind}`],
    ...(fold === '+' ? ([['open', '']] as [string, string][]) : []),
  ];
  tokens.splice(at + 1, isEmpty ? 3 : 0, ...titleTokens(state, titleTag, shown, open.level + 1));
}

/** What a block is called that has no title. */
export const nameOf = (written: string): string => written.charAt(0).toUpperCase() + written.slice(1).toLowerCase();

/** The tokens of a title whose text is read as markdown. */
export function titleTokens(state: StateCore, tag: string, text: string, level: number): Token[] {
  const [open, inline, close] = [
    new state.Token('title_open', tag, 1),
    new state.Token('inline', '', 0),
    new state.Token('title_close', tag, -1),
  ];
  open.block = close.block = inline.block = true;
  open.attrs = [['class', 'wb-title']];
  [open.level, inline.level, close.level] = [level, level + 1, level];
  inline.content = text;
  inline.children = [];
  return [open, inline, close];
}

function closingOf(tokens: readonly Token[], at: number): Token | undefined {
  const level = tokens[at]?.level;
  return tokens.find((token, place) => place > at && token.type === 'blockquote_close' && token.level === level);
}
