import { posix } from 'node:path';
import { headingsOf, linksOf } from '@lib/markdown';
import { pageOf } from './manual-links.js';
import type { ManualPage } from './manual-page.js';

/** A part of the list of all pages. */
export interface ManualSection {
  title: string;
  entries: { page: ManualPage; below: ManualPage[] }[];
}

/**
 * All pages in the order in which the first one names them, under its headings. Pages of a folder that it does not name
 * stand below the README of that folder.
 */
export function manualOrder(first: ManualPage, pages: ReadonlyMap<string, ManualPage>): ManualSection[] {
  const named = new Set<ManualPage>([first]);
  const sections = headingsOf(first.text)
    .filter(({ level }) => level === 2)
    .map(({ text, start }) => ({ title: text, start, entries: [] as ManualSection['entries'] }));
  for (const { target, start } of linksOf(first.text, 'target-first')) {
    const page = pageOf(posix.join(posix.dirname(first.file), target), pages);
    const section = sections.findLast((one) => one.start < start);
    if (page === undefined || section === undefined || named.has(page)) continue;
    named.add(page);
    section.entries.push({ page, below: [] });
  }
  for (const { page, below } of sections.flatMap(({ entries }) => entries)) {
    if (posix.basename(page.file) !== 'README.md') continue;
    const others = [...pages.values()].filter((other) => !named.has(other));
    below.push(...others.filter((other) => posix.dirname(other.file) === posix.dirname(page.file)));
  }
  return sections.map(({ title, entries }) => ({ title, entries }));
}
