import { posix } from 'node:path';
import { linksOf, type PageText } from '@lib/markdown';
import { manualBase, type ManualPage } from './manual-page.js';

/** What links of the documentation may lead to, by the paths of files. */
export interface ManualTargets {
  pages: ReadonlyMap<string, ManualPage>;
  pictures: ReadonlyMap<string, unknown>;
}

const order = 'target-first';

/** A page as the renderer takes it: links between files lead to addresses, and those to other files nowhere. */
export function manualText(page: ManualPage, targets: ManualTargets): PageText {
  const places: PageText['places'] = new Map(
    linksOf(page.text, order).flatMap(({ target }) => {
      const place = placeOf(fileOf(page, target), targets);
      return place === null ? [] : [[target, place] as const];
    }),
  );
  return { path: page.file.replace(/\.md$/, ''), text: page.text, order, places, embeds: new Map() };
}

/** The markdown of a page for whoever reads it at its address: what leads on from its file leads on from there. */
export function servedMarkdown(page: ManualPage, { pages, pictures }: ManualTargets): string {
  const { text } = page;
  let [served, at] = ['', 0];
  for (const { target, targetStart, targetEnd } of linksOf(text, order)) {
    const file = fileOf(page, target);
    const address = pageOf(file, pages)?.markdown ?? (pictures.has(file) ? pictureAddress(file) : null);
    if (address === null || address === posix.join(posix.dirname(page.markdown), target)) continue;
    served += text.slice(at, targetStart) + address;
    at = targetEnd;
  }
  return served + text.slice(at);
}

/** The file that a link of a page names, by its path in the repository. */
const fileOf = (page: ManualPage, target: string): string => posix.join(posix.dirname(page.file), target);

/** The page of a file; that of a folder is its README. */
export const pageOf = (file: string, pages: ManualTargets['pages']): ManualPage | undefined =>
  pages.get(file) ?? pages.get(posix.join(file, 'README.md'));

/** Paths below the host, for that is what addresses of the documentation are. */
function placeOf(file: string, { pages, pictures }: ManualTargets) {
  const page = pageOf(file, pages);
  if (page !== undefined) return { kind: 'page', path: page.address.slice(1) } as const;
  return pictures.has(file) ? ({ kind: 'file', path: pictureAddress(file).slice(1) } as const) : null;
}

/** Where a picture of the documentation is found. */
export const pictureAddress = (file: string): string => `${manualBase}/${file.slice('docs/'.length)}`;
