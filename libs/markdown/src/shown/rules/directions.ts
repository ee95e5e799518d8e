import type { MarkdownIt } from 'markdown-it';

// Hebrew, Arabic and their relatives, with the forms that older programs write.
const rightToLeft = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]|[\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/** On a page with script from right to left each block goes the way its own first letter goes. */
export function directions(md: MarkdownIt): void {
  md.core.ruler.push('directions', ({ src, tokens }) => {
    if (!rightToLeft.test(src)) return;
    for (const token of tokens) {
      if (token.nesting === 1 && token.level === 0 && token.tag !== '') token.attrSet('dir', 'auto');
    }
  });
}
