import type { MarkdownIt } from 'markdown-it';

/** A page is nested so deeply that the parser would leave out what is inside. */
export class NestedTooDeeply extends Error {
  constructor() {
    super('The page is nested too deeply to be rendered.');
  }
}

/** The parser passes over what stands deeper than it goes, without a word; such a page is shown as text, which is all there. */
export function depth(md: MarkdownIt): void {
  md.core.ruler.after('block', 'depth', ({ tokens, md: { options } }) => {
    const deepest = (options.maxNesting ?? 100) - 1;
    if (tokens.some(({ nesting, level }) => nesting === 1 && level >= deepest)) throw new NestedTooDeeply();
  });
}
