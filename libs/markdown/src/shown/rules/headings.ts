import type { MarkdownIt } from 'markdown-it';
import type { Token } from 'markdown-it';
import { headingSlug } from '../../heading-slugs.js';
import { headingsOf } from '../../headings.js';
import { contextOf, type RuleContext } from './rule-context.js';

const blockAnchor = /(?:^|\s)\^([A-Za-z0-9-]{1,100})$/;

/** Gives headings and named blocks their targets, and collects the table of contents. */
export function headings(md: MarkdownIt): void {
  md.core.ruler.push('headings', (state) => {
    const context = contextOf(state.env);
    const ids = new HeadingIds(context);
    context.hasTitle = isTitle(state.tokens.find((token) => token.level === 0 && !standsBeside(token, context)));
    for (const [at, token] of state.tokens.entries()) {
      const inline = state.tokens[at + 1];
      if (inline?.type !== 'inline') continue;
      if (token.type === 'heading_open') name(token, inline, { context, ids });
      else if (token.type === 'paragraph_open') nameBlock(token, inline, context);
    }
  });
}

const isTitle = (token: Token | undefined): boolean => token?.type === 'heading_open' && token.tag === 'h1';

/** What may stand above the title of a page: boxes, and frontmatter that cannot be read. */
function standsBeside({ type, map }: Token, { brokenLines = 0 }: RuleContext): boolean {
  return type.startsWith('embedding_') || (type === 'fence' && brokenLines > 0 && map?.[0] === 0);
}

/** The anchors of headings are those by which sections are found at the other doors. */
class HeadingIds {
  private readonly known: Map<number, string>;
  private readonly taken: Set<string>;

  private readonly context: RuleContext;

  constructor(context: RuleContext) {
    this.context = context;
    this.known = new Map(headingsOf(context.page.text).map(({ line, slug }) => [line, slug]));
    this.taken = new Set(this.known.values());
  }

  of(line: number, text: string): string {
    return this.known.get(line + this.context.firstLine) ?? this.fresh(headingSlug(text) || 'section');
  }

  /** Headings in quotations and lists, and underlined ones, are no sections elsewhere; here they can be linked to. */
  private fresh(slug: string): string {
    let id = slug;
    for (let count = 1; this.taken.has(id); count += 1) id = `${slug}-${count}`;
    this.taken.add(id);
    return id;
  }
}

function name(open: Token, inline: Token, { context, ids }: { context: RuleContext; ids: HeadingIds }): void {
  if (context.isEmbedded) return;
  const text = plainText(inline.children ?? []);
  const id = ids.of(open.map?.[0] ?? -1, text);
  open.attrSet('id', id);
  context.headings.push({ level: Number(open.tag.slice(1)), text, id });
}

/** `… ^name` at the end of a block is what a link to the block names. */
function nameBlock(open: Token, inline: Token, { isEmbedded }: RuleContext): void {
  const last = inline.children?.at(-1);
  const found = last?.type === 'text' ? blockAnchor.exec(last.content) : null;
  if (last === undefined || found === null) return;
  last.content = last.content.slice(0, found.index);
  if (!isEmbedded) open.attrSet('id', `^${found[1]}`);
}

/** What is read of tokens, without marks. */
function plainText(tokens: readonly Token[]): string {
  const parts = tokens.map(({ type, content, children }) => {
    if (type === 'softbreak' || type === 'hardbreak') return ' ';
    if (type === 'image') return plainText(children ?? []);
    return type === 'html_inline' ? '' : content;
  });
  return parts.join('').trim();
}
