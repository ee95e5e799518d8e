import { type Frontmatter, storable } from '@lib/markdown';

const longest = 500;

/** What a page is called: the title in its frontmatter, else the last segment of its path. */
export function pageName(path: string, { data }: Frontmatter): string {
  const title = data?.['title'];
  const text = typeof title === 'string' || typeof title === 'number' ? String(title).trim() : '';
  return text === '' ? (path.split('/').at(-1) ?? path) : storable(text.slice(0, longest));
}
