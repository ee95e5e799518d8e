import MarkdownItParser, { type MarkdownIt } from 'markdown-it';
// @ts-expect-error -- it brings no types along
import footnotes from 'markdown-it-footnote';
// @ts-expect-error -- nor does this
import marks from 'markdown-it-mark';
import { abbreviations } from './rules/abbreviations.js';
import { alerts } from './rules/alerts.js';
import { blocks } from './rules/blocks.js';
import { brokenFrontmatter } from './rules/broken-frontmatter.js';
import { code } from './rules/code.js';
import { depth } from './rules/depth.js';
import { destinations } from './rules/destinations.js';
import { directions } from './rules/directions.js';
import { embeddings } from './rules/embeddings.js';
import { headings } from './rules/headings.js';
import { htmlLinks } from './rules/html-links.js';
import { math } from './rules/math.js';
import { pictureSizes } from './rules/picture-sizes.js';
import { contextOf } from './rules/rule-context.js';
import { tasks } from './rules/tasks.js';
import { wikilinks } from './rules/wikilinks.js';

/** In this order, where one comes before or behind another. */
const rules = [
  ...[depth, wikilinks, destinations, pictureSizes, abbreviations, tasks, math, code, alerts, blocks, embeddings],
  ...[brokenFrontmatter, htmlLinks, directions, headings],
];

type Plugin = (md: MarkdownIt) => void;

/** The parser of pages: CommonMark, tables and all that wikis write besides. */
export function pageParser(): MarkdownIt {
  const md = new MarkdownItParser('default', { html: true, linkify: true, maxNesting: 100 });
  md.use(footnotes as Plugin).use(marks as Plugin);
  for (const rule of rules) md.use(rule);
  md.core.ruler.push('lines', (state) => {
    const { showing, firstLine, isEmbedded } = contextOf(state.env);
    if (showing.hasLines !== true || isEmbedded) return;
    for (const token of state.tokens) {
      if (token.map !== null && token.nesting === 1 && token.level === 0)
        token.attrSet('data-line', String(token.map[0] + firstLine));
    }
  });
  // Cells are aligned by an attribute: styles are not allowed.
  md.core.ruler.push('cells', ({ tokens }) => {
    for (const token of tokens) {
      const align = /^text-align:(\w+)$/.exec(String(token.attrGet('style') ?? ''))?.[1];
      if (align !== undefined) token.attrs = [['align', align]];
    }
  });
  const { escapeHtml: escape } = md.utils;
  md.renderer.rules['picture_link'] = (tokens, at, _options, _env, renderer) => {
    const token = tokens[at];
    const { alt = '' } = (token?.meta ?? {}) as { alt?: string };
    return token === undefined ? '' : `<a${renderer.renderAttrs(token)}>${escape(alt)}</a>`;
  };
  md.renderer.rules.image = (tokens, at, _options, _env, renderer) => {
    const token = tokens[at];
    const { alt = '' } = (token?.meta ?? {}) as { alt?: string };
    token?.attrSet('alt', alt);
    return token === undefined ? '' : `<img${renderer.renderAttrs(token)}>`;
  };
  return md;
}
