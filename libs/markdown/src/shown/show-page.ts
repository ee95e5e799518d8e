import type { Env, MarkdownIt } from 'markdown-it';
import { frontmatterBlock, parseFrontmatter } from '../frontmatter.js';
import type { PageText, Showing, ShownPage } from '../page-text.js';
import { pageParser } from './parser.js';
import { NestedTooDeeply } from './rules/depth.js';
import type { RuleContext } from './rules/rule-context.js';
import { safeHtml } from './safe-html.js';
import { WrittenLinks } from './written-links.js';

let parser: MarkdownIt | null = null;

/** A page as HTML. Takes a time that grows with the page, on the thread that asks. */
export function showPage(page: PageText, showing: Showing): ShownPage {
  const context = contextOf(page, showing, false);
  const html = safeHtml(rendered(context));
  // A title may also be written in HTML.
  return { html, headings: context.headings, hasTitle: context.hasTitle === true || /^\s*<h1[ >]/.test(html) };
}

function contextOf(page: PageText, showing: Showing, isEmbedded: boolean): RuleContext {
  const { bodyStart, bodyLine, problem } = parseFrontmatter(page.text);
  const broken = problem === null ? null : frontmatterBlock(page.text);
  const context: RuleContext = {
    ...{ page, showing, isEmbedded, headings: [], firstLine: bodyLine },
    links: WrittenLinks.in(page.text, page.order, bodyStart),
    brokenLines:
      broken === null
        ? 0
        : page.text
            .slice(0, broken.bodyStart)
            .trimEnd()
            .split(/\r\n|\n|\r/).length,
    embed: (key) => embedded(context, page.embeds.get(key) ?? null),
  };
  return context;
}

function embedded(around: RuleContext, page: PageText | null): string | null {
  if (page === null) return null;
  const inner = contextOf(page, around.showing, true);
  around.embeddedCount = (around.embeddedCount ?? 0) + 1;
  inner.docId = `${around.docId ?? ''}e${around.embeddedCount}`;
  try {
    return rendered(inner);
  } catch (error) {
    if (error instanceof NestedTooDeeply) return null;
    throw error;
  }
}

function rendered(context: RuleContext): string {
  parser ??= pageParser();
  return context.links.restored(parser.render(context.links.marked, context as unknown as Env));
}
