import { headingsOf, parseFrontmatter } from '@lib/markdown';
import type { PageToChunk } from '@lib/search';

/**
 * A page as search by meaning reads it. It is called what its frontmatter says, or by its path: its first heading is the
 * path of what stands below it.
 */
export function pageToChunk(path: string, text: string): PageToChunk {
  const { bodyStart, body, data } = parseFrontmatter(text);
  const title = typeof data?.title === 'string' ? data.title.trim() : '';
  const headings = headingsOf(text).map((heading) => {
    const { level, text: name, start, end } = heading;
    return { level, text: name, start: start - bodyStart, end: end - bodyStart };
  });
  return { title: title === '' ? path : title, body, headings };
}
