import { headingsOf, pageAddress, type ShownPage } from '@lib/markdown';
import type { PageView } from '@lib/wiki';
import type { Texts } from '../texts/texts.js';

const headingElement = /<h([1-6])( [^>]*?\bid="([^"]*)"[^>]*)>([^]*?)<\/h\1>/g;
const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign);

/** The HTML of a page with a link in each heading to write the section below it; the page must be the newest. */
export function withSectionLinks(
  { html, headings }: ShownPage,
  { path, content, isHistoric }: Pick<PageView, 'path' | 'content' | 'isHistoric'>,
  { base, texts }: { base: string; texts: Texts },
): string {
  if (isHistoric) return html;
  // Only what is a section at every door can be written alone; all of the page is written as a page.
  const sections = new Set(headingsOf(content).map(({ slug }) => slug));
  const names = new Map(
    headings.filter(({ id }) => sections.has(id)).map(({ id, text }) => [escaped(id), { id, text }]),
  );
  const address = pageAddress(`${base}/-/edit`, path);
  return html.replace(headingElement, (whole, level: string, attributes: string, id: string, inner: string) => {
    const named = names.get(id);
    if (named === undefined || level === '1') return whole;
    names.delete(id);
    const href = escaped(`${address}?section=${encodeURIComponent(`#${named.id}`)}`);
    const label = escaped(texts.writing.editSection(named.text));
    const link = `<a class="site-section" href="${href}" title="${label}" aria-label="${label}">✎</a>`;
    return `<h${level}${attributes}>${inner}${link}</h${level}>`;
  });
}
