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
      // The words of a task are what its box is called.
      const [open, close] = [new Token('task_open', 'label', 1), new Token('task_close', 'label', -1)];
      inline.children = [open, token, ...(inline.children ?? []), close];
      item.attrJoin('class', 'wb-task');
    }
  });
  md.renderer.rules['task_box'] = (found, at, options, _env, renderer) =>
    `${renderer.renderToken(found, at, options)} `;
}
