import type { MarkdownIt, StateInline } from 'markdown-it';
import { pictureSize } from '../../link-destination.js';

/** Pictures with a size behind their address: `![A cat](cat.png =300x200)`. */
export function pictureSizes(md: MarkdownIt): void {
  md.inline.ruler.before('image', 'sized-picture', sizedPicture);
}

function sizedPicture(state: StateInline, silent: boolean): boolean {
  if (!state.src.startsWith('![', state.pos)) return false;
  const { helpers } = state.md;
  const labelEnd = helpers.parseLinkLabel(state, state.pos + 1, false);
  if (labelEnd < 0 || state.src[labelEnd + 1] !== '(') return false;
  const [from, max] = [blanksPassed(state.src, labelEnd + 2), state.posMax];
  const { ok, pos, str } = helpers.parseLinkDestination(state.src, from, max);
  pictureSize.lastIndex = pos;
  const size = ok ? pictureSize.exec(state.src) : null;
  if (size === null) return false;
  const behind = blanksPassed(state.src, pictureSize.lastIndex);
  const title = helpers.parseLinkTitle(state.src, behind, max);
  const close = title.ok ? blanksPassed(state.src, title.pos) : behind;
  if (state.src[close] !== ')') return false;
  if (!silent) {
    const token = state.push('image', 'img', 0);
    token.content = state.src.slice(state.pos + 2, labelEnd);
    token.children = [];
    token.attrs = [
      ['src', state.md.normalizeLink(str)],
      ...(title.ok ? [['title', title.str] as [string, string]] : []),
    ];
    const [, width, height] = size;
    token.meta = { ...(width && { width }), ...(height && { height }) };
  }
  state.pos = close + 1;
  return true;
}

function blanksPassed(text: string, from: number): number {
  let at = from;
  while (/[ \t\r\n]/.test(text.charAt(at))) at += 1;
  return at;
}
