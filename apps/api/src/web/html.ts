import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { HtmlPage } from '../http/html-page.js';

/** A page of ours as text; what is put into it is escaped unless it was made safe before. */
export function html(page: VNode): string {
  return `<!doctype html>${renderToString(page)}`;
}

/** HTML that `@lib/markdown` made safe; nothing else may be put into a page as it stands. */
export const safe = (text: string) => ({ dangerouslySetInnerHTML: { __html: text } });

/** A page of ours as an answer. */
export const htmlAnswer = (page: VNode): HtmlPage => new HtmlPage(html(page));
