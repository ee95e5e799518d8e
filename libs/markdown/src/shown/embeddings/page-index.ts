import { type Embedding, indexOf, matches, optionOf } from '../../embeddings.js';
import type { ListedPage } from '../../page-text.js';
import { pageAddress } from '../../page-address.js';
import { captioned } from './boxes.js';
import type { Parts } from './parts.js';

/** `{{PageIndex}}`: the pages below this one or another, by letter, as a list, or as the tree they are. */
export function pageIndex(embedding: Embedding, parts: Parts): void {
  const { page } = parts.context;
  const { folder, pattern } = indexOf(embedding, page.path);
  const depth = Number(/^\d{1,2}$/.exec(optionOf(embedding, 'depth') ?? '')?.[0] ?? 0);
  const below = (page.listed?.pages.get(folder) ?? []).filter((one) => {
    const name = nameOf(one);
    const isNear = depth === 0 || levelOf(one, folder) <= depth;
    return isNear && (pattern === null || matches(one.title, pattern) || matches(name, pattern));
  });
  const style = optionOf(embedding, 'style')?.toLowerCase() ?? 'pageindex';
  parts.element('div', { class: 'wb-index' }, () => {
    captioned(embedding, 'p', parts);
    if (style === 'list' || style === 'flat') return listed(below, parts);
    if (style === 'tree') return tree(below, folder, parts);
    parts.element('div', { class: 'wb-letters' }, () => {
      for (const [letter, pages] of byLetter(below)) {
        parts.element('p', { class: 'wb-letter' }, () => parts.plain(letter));
        listed(pages, parts);
      }
    });
  });
}

const nameOf = ({ path }: ListedPage): string => path.split('/').at(-1) ?? path;

/** How many levels below a folder a page is. */
const levelOf = ({ path }: ListedPage, folder: string): number =>
  path.split('/').length - (folder === '' ? 0 : folder.split('/').length);

function byLetter(pages: readonly ListedPage[]): [string, ListedPage[]][] {
  const letters = new Map<string, ListedPage[]>();
  for (const page of pages) {
    const [first = '#'] = page.title.normalize('NFKC').toUpperCase();
    const letter = /\p{L}/u.test(first) ? first : '#';
    letters.set(letter, [...(letters.get(letter) ?? []), page]);
  }
  return [...letters].sort(([a], [b]) => (a < b ? -1 : 1));
}

function listed(pages: readonly ListedPage[], parts: Parts): void {
  if (pages.length === 0) return;
  parts.element('ul', {}, () => pages.forEach((page) => parts.element('li', {}, () => entry(page, parts))));
}

/** Pages within pages; of those that come one after another by path. */
function tree(pages: readonly ListedPage[], folder: string, parts: Parts): void {
  const fill = (from: number, to: number, level: number) =>
    parts.element('ul', {}, () => {
      for (let at = from; at < to;) {
        const page = pages[at];
        if (page === undefined) return;
        let end = at + 1;
        while (end < to && levelOf(pages[end] ?? page, folder) > level && isBelow(pages[end], page)) end += 1;
        const inner = at + 1;
        parts.element('li', {}, () => {
          entry(page, parts);
          if (end > inner) fill(inner, end, level + 1);
        });
        at = end;
      }
    });
  if (pages.length > 0) fill(0, pages.length, 1);
}

const isBelow = (page: ListedPage | undefined, above: ListedPage): boolean =>
  page?.path.startsWith(`${above.path}/`) === true;

function entry(page: ListedPage, parts: Parts): void {
  const { base } = parts.context.showing;
  parts.element('a', { href: pageAddress(base, page.path), class: 'wb-page' }, () => parts.plain(page.title));
  const inner = page.headings.filter(({ level }) => level > 1).slice(0, 50);
  if (inner.length === 0) return;
  parts.element('ul', {}, () => {
    for (const { text, id } of inner) {
      const address = pageAddress(base, page.path, id);
      parts.element('li', {}, () => parts.element('a', { href: address, class: 'wb-page' }, () => parts.plain(text)));
    }
  });
}
