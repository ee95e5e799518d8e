import type { MarkdownIt } from 'markdown-it';
import { contextOf } from './rule-context.js';

/** What looks like frontmatter and cannot be read is shown as it is written, not as a line and a heading. */
export function brokenFrontmatter(md: MarkdownIt): void {
  md.block.ruler.before('table', 'broken-frontmatter', (state, from, _to, silent) => {
    const { brokenLines = 0, links } = contextOf(state.env);
    if (from > 0 || brokenLines === 0 || state.level > 0 || state.src.length !== links.marked.length) return false;
    if (silent) return true;
    const token = state.push('fence', 'code', 0);
    token.info = 'yaml';
    token.content = state.getLines(0, brokenLines, 0, true);
    token.map = [0, brokenLines];
    state.line = brokenLines;
    return true;
  });
}
