import type { MarkdownIt } from 'markdown-it';

/** Items of lists that begin with `[ ]` or `[x]` are tasks. */
export function tasks(md: MarkdownIt): void {
  md.core.ruler.after('inline', 'tasks', ({ tokens, Token }) => {
    for (const [at, item] of tokens.entries()) {
      const [paragraph, inline] = [tokens[at + 1], tokens[at + 2]];
      if (item.type !== 'list_item_open' || paragraph?.type !== 'paragraph_open' || inline?.type !== 'inline') continue;
      const [first] = inline.children ?? [];
      const box = first?.type === 'text' ? /^\[([ xX])\](?:\s+|$)/.exec(first.content) : null;
      if (first === undefined || box === null) continue;
      first.content = first.content.slice(box[0].length);
      const token = new Token('task_box', 'input', 0);
      token.attrs = [
        ['type', 'checkbox'],
        ['disabled', ''],
        ...(box[1] === ' ' ? [] : [['checked', ''] as [string, string]]),
      ];
      inline.children?.unshift(token);
      item.attrJoin('class', 'wb-task');
    }
  });
  md.renderer.rules['task_box'] = (found, at, options, _env, renderer) =>
    `${renderer.renderToken(found, at, options)} `;
}
