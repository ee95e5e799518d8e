import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { HtmlPage } from '../http/html-page.js';

/** HTML that `@lib/markdown` made safe; nothing else may be put into a page as it stands. */
export const safe = (text: string) => ({ dangerouslySetInnerHTML: { __html: text } });

/** A page of ours as an answer; what is put into it is escaped unless it was made safe before. */
export const htmlAnswer = (page: VNode): HtmlPage => new HtmlPage(`<!doctype html>${renderToString(page)}`);
